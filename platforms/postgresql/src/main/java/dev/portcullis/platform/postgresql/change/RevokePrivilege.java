package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;

/** Takes from a role a privilege that its profile does not have. */
public record RevokePrivilege(String role, Mark mark, Privilege privilege) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public Optional<String> database() {
        return privilege.object().database();
    }

    @Override
    public List<String> statements() {
        return List.of(privilege.revokeFrom(role));
    }
}
