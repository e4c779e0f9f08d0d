package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.ViewDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Something in the schema of the views.
 *
 * @param name its name
 * @param owner its owner's name
 * @param isView whether it is a view at all
 * @param barrier whether it has the options of a view of ours, and no others
 * @param untouched whether what it shows was last changed together with its comment
 * @param more whether it has rules or triggers besides, which stay when another definition takes its place
 * @param comment its comment, as much as one of ours may have
 * @param columns what it shows, each with its type
 * @param grantees who else than its owner may do something with it
 */
public record ObservedView(
        SqlObject.Table name,
        String owner,
        boolean isView,
        boolean barrier,
        boolean untouched,
        boolean more,
        Optional<String> comment,
        List<String> columns,
        List<Grantee> grantees) {
    /**
     * Who may do something with a view.
     *
     * @param name empty for everybody
     * @param reads whether that is to read it, without passing that on
     */
    public record Grantee(String name, boolean reads) {}

    public ObservedView {
        columns = List.copyOf(columns);
        grantees = List.copyOf(grantees);
    }

    /** Whether it shows what it is to show: its comment is its owner's, and was written with what it shows. */
    public boolean shows(ViewDefinition definition) {
        return isView
                && barrier
                && untouched
                && !more
                && owner.equals(definition.owner())
                && columns.equals(definition.columns())
                && comment.filter(definition.comment()::equals).isPresent();
    }

    /** Whether the server lets another definition take its place, so that what others built on it stays. */
    public boolean canBecome(ViewDefinition definition) {
        List<String> wanted = definition.columns();
        return !more && wanted.size() >= columns.size() && columns.equals(wanted.subList(0, columns.size()));
    }
}
