package dev.portcullis.engine.decision;

import java.time.Instant;

/** Whether the API server guards the annotations: without the admission policies anybody could have written any of them. */
public sealed interface Guard {
    /**
     * The policies are there and whole.
     *
     * @param since when one of them last became another; what was written before is not trusted
     * @param latest what any clock shows at the look: the API server's may be ahead of the operator's, and it is the one that notes when something was written
     */
    record Whole(Instant since, Instant latest) implements Guard {
        public Whole(Instant since) {
            this(since, Instant.MIN);
        }
    }

    /** They are not; the message says what is missing and how to install it. */
    record Broken(String message) implements Guard {}

    /** The same at a look. */
    default Guard seenAt(Instant latest) {
        return this instanceof Whole whole ? new Whole(whole.since(), latest) : this;
    }
}
