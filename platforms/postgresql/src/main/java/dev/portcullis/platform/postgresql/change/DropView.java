package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;
import java.util.Optional;

/**
 * Drops a view that nobody needs, with what readers built on it: else they could keep it there.
 *
 * @param role the role that owns it
 * @param operator who goes on afterwards
 */
public record DropView(String role, Mark mark, SqlObject.Table view, String operator) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public Optional<String> database() {
        return view.database();
    }

    @Override
    public List<String> statements() {
        return new Acting(role, operator).statements(List.of(statement(view)));
    }

    static String statement(SqlObject.Table view) {
        return "DROP VIEW IF EXISTS " + quote(view.schema(), view.name()) + " CASCADE";
    }
}
