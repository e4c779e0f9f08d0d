package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;
import java.util.Optional;

/**
 * Takes everything on a view from somebody whom nobody of ours gave it.
 *
 * @param role the role that owns the view
 * @param grantee empty: everybody
 * @param operator who goes on afterwards
 */
public record RevokeOnView(String role, Mark mark, SqlObject.Table view, String grantee, String operator)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public Optional<String> database() {
        return view.database();
    }

    @Override
    public List<String> statements() {
        return new Acting(role, operator).statements(List.of(statement(view, grantee)));
    }

    /** The statement, for whoever has to run it. */
    public static String statement(SqlObject.Table view, String grantee) {
        return "REVOKE ALL PRIVILEGES ON " + view.target() + " FROM " + (grantee.isEmpty() ? "PUBLIC" : quote(grantee))
                + " CASCADE";
    }
}
