package dev.portcullis.platform.postgresql.change;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/**
 * Notes on a role that somebody left it by other hands than ours, so that another one takes its place however often that fails. Where we take somebody out,
 * {@link RevokeMembership} notes it.
 *
 * @param noted the mark that the role has from then on
 */
public record MarkLeft(String role, Mark mark, Mark noted) implements PostgresqlChange {
    @Override
    public Effect effect() {
        return Effect.PREPARE;
    }

    @Override
    public List<String> statements() {
        return List.of(PostgresqlChange.comment(role, noted));
    }
}
