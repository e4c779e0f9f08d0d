package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the place of the role that owns a port's views away from one that others have granted on: its views are dropped, it is emptied and renamed. Another one is
 * made for it, and views with it.
 *
 * @param in the database its views are in
 */
public record RetireViewOwner(
        String role, Mark mark, String in, List<SqlObject.Table> views, List<Privilege> revoked, String retiredName)
        implements PostgresqlChange {
    public RetireViewOwner {
        views = List.copyOf(views);
        revoked = List.copyOf(revoked);
    }

    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public Optional<String> database() {
        return Optional.of(in);
    }

    @Override
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        views.forEach(view -> statements.add(DropView.statement(view)));
        statements.addAll(PostgresqlChange.revocation(role, revoked));
        statements.add("ALTER ROLE " + quote(role) + " RENAME TO " + quote(retiredName));
        statements.add(PostgresqlChange.comment(retiredName, mark.asRetired()));
        return statements;
    }
}
