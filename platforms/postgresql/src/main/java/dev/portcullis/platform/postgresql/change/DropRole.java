package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/**
 * Drops a role that nobody needs. Whatever memberships it still has go with it, also those that others granted.
 *
 * @param takesAccess whether it has such members
 */
public record DropRole(String role, Mark mark, boolean takesAccess) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return takesAccess ? Effect.REVOKE : Effect.PREPARE;
    }

    @Override
    public List<String> statements() {
        return List.of("DROP ROLE " + quote(role));
    }
}
