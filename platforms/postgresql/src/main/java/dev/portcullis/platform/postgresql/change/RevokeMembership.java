package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * Ends a membership that nobody wants.
 *
 * @param noted the mark that the role has from then on, where it says that the member may have let others become it: see {@link Mark.Use#LEFT}
 */
public record RevokeMembership(
        String role, Mark mark, String member, String grantor, Optional<Mark> noted, Dialect dialect)
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
        String end = dialect.end(role, member, grantor);
        // together: whoever is out and not noted would be forgotten by a crash
        return noted.map(left -> List.of(PostgresqlChange.comment(role, left), end))
                .orElse(List.of(end));
    }
}
