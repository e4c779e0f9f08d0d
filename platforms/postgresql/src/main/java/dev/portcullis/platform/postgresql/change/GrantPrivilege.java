package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;

/**
 * Gives a role a privilege of its profile.
 *
 * @param as who grants, where it is not the operator
 */
public record GrantPrivilege(String role, Mark mark, Privilege privilege, Optional<Acting> as)
        implements PostgresqlChange {
    /** On what the operator grants as itself. */
    public GrantPrivilege(String role, Mark mark, Privilege privilege) {
        this(role, mark, privilege, Optional.empty());
    }

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
        return Acting.statements(as, List.of(privilege.grantTo(role)));
    }
}
