package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.view.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a view be what it is to be, as the role that owns it.
 *
 * @param role the role whose members read it
 * @param operator who goes on afterwards
 */
public record PutView(String role, Mark mark, ViewDefinition definition, String operator, How how)
        implements PostgresqlChange {
    /** What is there before. */
    public enum How {
        /** Nothing. */
        CREATE,
        /** A view whose place it can take: who may read it, and what they built on it, stays. */
        REPLACE,
        /** A view whose place it cannot take. */
        RECREATE
    }

    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public boolean prerequisite() {
        return true;
    }

    @Override
    public Optional<String> database() {
        return definition.view().database();
    }

    @Override
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        if (how == How.RECREATE) {
            statements.add(DropView.statement(definition.view()));
        }
        statements.addAll(definition.creation(how == How.REPLACE ? "CREATE OR REPLACE" : "CREATE"));
        return new Acting(definition.owner(), operator).statements(statements);
    }
}
