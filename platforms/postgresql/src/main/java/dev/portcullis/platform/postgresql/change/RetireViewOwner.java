package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the place of the role that owns a port's views away from one that others have granted on: its views are dropped, it is emptied and renamed. Another one is
 * made for it, and views with it.
 *
 * @param in the database its views are in
 * @param operator who acts as it to drop them, and goes on afterwards
 */
public record RetireViewOwner(
        String role,
        Mark mark,
        String in,
        List<SqlObject.Table> views,
        List<Privilege> revoked,
        String retiredName,
        String operator)
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
        Privilege usage = new Privilege("USAGE", Served.schema(in));
        // without it the role finds none of its views, and others may have taken it
        statements.add(usage.grantTo(role));
        statements.addAll(new Acting(role, operator)
                .statements(views.stream().map(DropView::statement).toList()));
        statements.addAll(PostgresqlChange.revocation(role, revoked));
        statements.add(usage.revokeFrom(role));
        statements.add("ALTER ROLE " + quote(role) + " RENAME TO " + quote(retiredName));
        statements.add(PostgresqlChange.comment(retiredName, mark.asRetired()));
        return statements;
    }
}
