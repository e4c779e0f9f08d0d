package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/**
 * What the operator may need after a fault until it works as before, by docs/operations.md: it tries again after times that double, so that it waits at most as long as the
 * fault lasted, and never longer than 20 s; and some seconds to catch up.
 */
final class Recovery {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration TO_COMPARE = Duration.ofSeconds(5);
    /** What was not answered is given up after 10 s; then a watch is opened again, and what was missed is read. */
    private static final Duration TO_READ_ALL = Duration.ofSeconds(15);

    private Recovery() {}

    static Duration ofPlatform(Duration lasted) {
        return shorter(lasted, LONGEST_WAIT).plus(TO_COMPARE);
    }

    static Duration ofWatches(Duration lasted) {
        return shorter(lasted, LONGEST_WAIT).plus(TO_READ_ALL);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
