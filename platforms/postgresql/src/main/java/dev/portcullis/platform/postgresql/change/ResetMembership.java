package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * Puts a membership's options right, in one transaction; what the member passed on meanwhile goes.
 *
 * @param missing whether the member has no access as things are, so that this gives some
 */
public record ResetMembership(String role, Mark mark, String member, String grantor, boolean missing, Dialect dialect)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return missing ? Effect.GRANT : Effect.REVOKE;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.of(new Principal(member));
    }

    @Override
    public List<String> statements() {
        return List.of(dialect.end(role, member, grantor), dialect.membership(role, member));
    }
}
