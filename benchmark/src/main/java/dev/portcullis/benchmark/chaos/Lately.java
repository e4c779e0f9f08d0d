package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something that is so or not. The operator sees each kind of object by a watch of its own, so that for a moment after a change it may judge by either: a request that was
 * made just after a policy may have been seen before it.
 */
final class Lately {
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Supplier<Duration> quiet;
    private boolean now;
    private Duration otherUntil = MOMENT.negated();

    Lately(Supplier<Duration> quiet) {
        this.quiet = quiet;
    }

    void set(boolean value) {
        if (value != now) {
            now = value;
            otherUntil = quiet.get();
        }
    }

    boolean isNow() {
        return now;
    }

    /** Whether somebody may still believe this. */
    boolean maybe(boolean value) {
        return now == value || quiet.get().minus(otherUntil).compareTo(MOMENT) < 0;
    }
}
