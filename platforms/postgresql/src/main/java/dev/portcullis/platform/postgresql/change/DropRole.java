package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Drops a role that nobody needs. Whatever memberships it still has go with it, also those that others granted.
 *
 * @param takesAccess whether it has such members
 * @param last what it keeps until then, by the operator's grant: without it the role could do nothing about what it owns
 */
public record DropRole(String role, Mark mark, boolean takesAccess, Optional<Privilege> last)
        implements PostgresqlChange {
    /** One that keeps nothing. */
    public DropRole(String role, Mark mark, boolean takesAccess) {
        this(role, mark, takesAccess, Optional.empty());
    }

    @Override
    public Optional<String> database() {
        return last.flatMap(privilege -> privilege.object().database());
    }

    @Override
    public Effect effect() {
        return takesAccess ? Effect.REVOKE : Effect.PREPARE;
    }

    @Override
    public List<String> statements() {
        return Stream.concat(
                        last.map(privilege -> privilege.revokeFrom(role)).stream(),
                        Stream.of("DROP ROLE " + quote(role)))
                .toList();
    }
}
