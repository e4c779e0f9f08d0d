package dev.portcullis.platform.postgresql.way;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.Optional;

/**
 * A role that can read a table, and is none of ours.
 *
 * @param table what it can read
 * @param column the one column it can read; empty: all
 * @param role its OID, or {@link #PUBLIC}
 * @param grantor who granted that; empty: it owns the table
 */
public record Reader(SqlObject.Table table, Optional<String> column, long role, Optional<String> grantor) {
    /** Everybody, in access lists. */
    public static final long PUBLIC = 0;

    boolean isPublic() {
        return role == PUBLIC;
    }

    boolean owns() {
        return grantor.isEmpty();
    }
}
