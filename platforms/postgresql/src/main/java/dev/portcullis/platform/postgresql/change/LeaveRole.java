package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.List;

/**
 * Takes a role of ours out of another role, whose privileges its members would have too.
 *
 * @param other the other role
 */
public record LeaveRole(String role, Mark mark, String other, String grantor, Dialect dialect)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public List<String> statements() {
        return List.of(dialect.end(other, role, grantor));
    }
}
