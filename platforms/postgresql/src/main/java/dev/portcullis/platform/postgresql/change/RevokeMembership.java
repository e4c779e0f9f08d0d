package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.List;
import java.util.Optional;

/** Ends a membership that nobody wants. */
public record RevokeMembership(String role, Mark mark, String member, String grantor, Dialect dialect)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.of(new Principal(member));
    }

    @Override
    public List<String> statements() {
        return List.of(dialect.end(role, member, grantor));
    }
}
