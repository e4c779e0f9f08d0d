package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;
import java.util.Optional;

/** Makes a principal a member. */
public record GrantMembership(String role, Mark mark, String member) implements PostgresqlChange {
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
        return List.of(PostgresqlChange.membership(role, member));
    }
}
