package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/** Takes from a role of ours what somebody made it able to do. */
public record SetRoleAttributes(String role, Mark mark) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public List<String> statements() {
        return List.of("ALTER ROLE " + quote(role) + " NOLOGIN NOCREATEROLE");
    }
}
