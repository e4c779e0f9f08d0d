package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/** Creates the role of a profile, with its mark. */
public record CreateRole(String role, Mark mark) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public boolean prerequisite() {
        return true;
    }

    @Override
    public boolean makesItOurs() {
        return true;
    }

    @Override
    public List<String> statements() {
        return PostgresqlChange.creation(role, mark);
    }
}
