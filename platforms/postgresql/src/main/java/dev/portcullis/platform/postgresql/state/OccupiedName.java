package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import java.util.Optional;

/**
 * A role that could be one of ours and is not among the observed ones: of another owner, of another port, or without a mark.
 *
 * @param name its name
 * @param comment its comment
 * @param createdByUs whether the operator's role has the ADMIN row that creating a role leaves
 * @param grantedByUs whether it has members that the operator's role made
 */
public record OccupiedName(String name, Optional<String> comment, boolean createdByUs, boolean grantedByUs) {
    /** Whether we seem to have made it, but nothing says for whom. */
    public boolean lost() {
        boolean marked = comment.filter(text -> text.startsWith(Mark.PREFIX)).isPresent();
        return createdByUs && !marked && (grantedByUs || RoleName.possible(name));
    }
}
