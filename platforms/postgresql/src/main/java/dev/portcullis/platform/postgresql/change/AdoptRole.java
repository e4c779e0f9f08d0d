package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/**
 * Makes a role of an installation that is taken over ours, with its privileges and its members: nobody loses anything by it.
 *
 * @param role what the role is called from now on: whatever is done to it in the same plan comes after this
 * @param mark its mark from now on
 * @param before what it was called
 */
public record AdoptRole(String role, Mark mark, String before) implements PostgresqlChange {
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
        return List.of(
                "ALTER ROLE " + quote(before) + " RENAME TO " + quote(role), PostgresqlChange.comment(role, mark));
    }
}
