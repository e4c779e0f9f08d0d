package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the role that owns a port's views, and makes the operator's role a member: it acts as that role when it makes a view, and has its privileges when it
 * grants on one or drops it.
 *
 * @param exists whether it is there, and the operator only lacks the membership
 */
public record CreateViewOwner(String role, Mark mark, String operator, Dialect dialect, boolean exists)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public List<String> statements() {
        List<String> statements = new ArrayList<>(exists ? List.of() : PostgresqlChange.creation(role, mark));
        statements.add("GRANT " + quote(role) + " TO " + quote(operator)
                + (dialect.hasMembershipsPerGrantor() ? " WITH INHERIT TRUE, SET TRUE" : ""));
        return statements;
    }
}
