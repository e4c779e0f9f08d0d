package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;

/** Gives a role a privilege of its profile. */
public record GrantPrivilege(String role, Mark mark, Privilege privilege) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.GRANT;
    }

    @Override
    public boolean prerequisite() {
        return true;
    }

    @Override
    public Optional<String> database() {
        return privilege.object().database();
    }

    @Override
    public List<String> statements() {
        return List.of(privilege.grantTo(role));
    }
}
