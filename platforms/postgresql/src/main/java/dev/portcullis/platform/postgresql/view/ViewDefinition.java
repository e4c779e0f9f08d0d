package dev.portcullis.platform.postgresql.view;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Literal;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;

/**
 * A view as it is to be.
 *
 * @param view its name
 * @param mark the port it belongs to
 * @param owner the role that owns it
 * @param query what it shows
 * @param columns what it shows, each with its type, as {@link TableFacts.Column#shown} has it
 * @param fingerprint of the query and of what its names mean now: another one when the table or a column was made anew or renamed
 * @param reads what its owner has to have
 */
public record ViewDefinition(
        SqlObject.Table view,
        Mark mark,
        String owner,
        String query,
        List<String> columns,
        String fingerprint,
        List<Privilege> reads) {
    public ViewDefinition {
        columns = List.copyOf(columns);
        reads = List.copyOf(reads);
    }

    /** Its comment. */
    public String comment() {
        return mark.text() + " view=" + fingerprint;
    }

    /**
     * What makes it, or puts it in the place of one with the same first columns.
     *
     * @param verb CREATE, or CREATE OR REPLACE
     */
    public List<String> creation(String verb) {
        String name = quote(view.schema(), view.name());
        return List.of(
                verb + " VIEW " + name + " WITH (security_barrier = true) AS " + query,
                "COMMENT ON VIEW " + name + " IS " + Literal.quote(comment()));
    }
}
