package dev.portcullis.platform.postgresql.state;

import java.util.List;

/**
 * What PUBLIC may do in a schema, so that whoever may use the schema may, too.
 *
 * @param routines functions and procedures that run as their owner and that PUBLIC may execute
 * @param relations names of tables and views that PUBLIC may SELECT from, or from some of their columns
 */
public record Exposed(List<Routine> routines, List<String> relations) {
    /** Of a schema where PUBLIC may do nothing. */
    public static final Exposed NOTHING = new Exposed(List.of(), List.of());

    public Exposed {
        routines = List.copyOf(routines);
        relations = List.copyOf(relations);
    }

    /**
     * A function or procedure.
     *
     * @param signature name and types of its arguments, as the server itself quotes them
     * @param owner whose rights it has
     */
    public record Routine(String signature, String owner) {}
}
