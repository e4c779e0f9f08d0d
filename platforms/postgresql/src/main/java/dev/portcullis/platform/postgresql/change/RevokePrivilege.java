package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;

/**
 * Takes from a role a privilege that its profile does not have.
 *
 * @param as who granted, where it was not the operator
 */
public record RevokePrivilege(String role, Mark mark, Privilege privilege, Optional<Acting> as)
        implements PostgresqlChange {
    /** On what the operator grants as itself. */
    public RevokePrivilege(String role, Mark mark, Privilege privilege) {
        this(role, mark, privilege, Optional.empty());
    }

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
        return Acting.statements(as, List.of(privilege.revokeFrom(role)));
    }
}
