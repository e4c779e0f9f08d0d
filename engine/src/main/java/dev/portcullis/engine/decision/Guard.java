package dev.portcullis.engine.decision;

import java.time.Instant;

/** Whether the API server guards the annotations: without the admission policies anybody could have written any of them. */
public sealed interface Guard {
    /**
     * The policies are there and whole.
     *
     * @param since when one of them last became another; what was written before is not trusted
     */
    record Whole(Instant since) implements Guard {}

    /** They are not; the message says what is missing and how to install it. */
    record Broken(String message) implements Guard {}
}
