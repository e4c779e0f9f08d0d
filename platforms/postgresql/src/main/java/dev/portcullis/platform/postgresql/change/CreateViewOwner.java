package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the role that owns a port's views, and makes the operator's role a member: it becomes that role when it makes a view, grants on
 * one or drops it. Since 16 it has none of its privileges otherwise.
 *
 * @param exists whether it is there, and only the membership is not as it is to be
 */
public record CreateViewOwner(String role, Mark mark, String operator, Dialect dialect, boolean exists)
        implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public boolean makesItOurs() {
        return !exists;
    }

    @Override
    public List<String> statements() {
        List<String> statements = new ArrayList<>(exists ? List.of() : PostgresqlChange.creation(role, mark));
        statements.add("GRANT " + quote(role) + " TO " + quote(operator)
                + (dialect.hasMembershipsPerGrantor() ? " WITH INHERIT FALSE, SET TRUE" : ""));
        return statements;
    }
}
