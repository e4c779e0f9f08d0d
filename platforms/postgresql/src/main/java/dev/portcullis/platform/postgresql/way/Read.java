package dev.portcullis.platform.postgresql.way;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.Optional;

/**
 * That a login can read a table.
 *
 * @param login its name
 * @param table what it can read
 * @param column the one column; empty: all
 * @param by why
 * @param role which role has the right: the login itself, or one that it is a member of; for everybody PUBLIC
 */
public record Read(String login, SqlObject.Table table, Optional<String> column, By by, String role) {
    /** Why somebody can read a table. */
    public enum By {
        /** It was granted to the role. */
        GRANT,
        /** It was granted to everybody. */
        EVERYBODY,
        /** The role owns the table. */
        OWNERSHIP
    }
}
