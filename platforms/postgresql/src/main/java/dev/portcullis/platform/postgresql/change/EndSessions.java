package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Literal;
import java.util.List;
import java.util.Optional;

/**
 * Ends the sessions of a login that lost access: what it has open it may go on reading, and below 16 it may have become the role. Never those of somebody
 * who may become the operator's role: these are the operator's own, and superusers'.
 *
 * @param role the role it was a member of
 * @param member the login
 */
public record EndSessions(String role, Mark mark, String member) implements PostgresqlChange {
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
        return List.of("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = " + Literal.quote(member)
                + " AND pid <> pg_backend_pid() AND NOT pg_has_role(usesysid, current_user, 'MEMBER')");
    }
}
