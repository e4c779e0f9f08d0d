package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.List;
import java.util.Optional;

/** Makes a principal a member. */
public record GrantMembership(String role, Mark mark, String member, Dialect dialect) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.GRANT;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.of(new Principal(member));
    }

    @Override
    public List<String> statements() {
        return List.of(dialect.membership(role, member));
    }
}
