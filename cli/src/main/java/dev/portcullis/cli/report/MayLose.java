package dev.portcullis.cli.report;

import java.util.List;

/** What goes of an access that somebody may have, since the cluster may have approved what waits by all that is known. */
public sealed interface MayLose {
    /** Nothing is left. */
    record All() implements MayLose {}

    /**
     * A part of it.
     *
     * @param principals who loses it
     * @param had what the others have of which something goes; empty: they lose nothing
     * @param keeps what they have then
     */
    record Some(List<String> principals, List<String> had, List<String> keeps) implements MayLose {}
}
