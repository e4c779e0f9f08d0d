package dev.portcullis.operator.grant;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures in a row: longer each time, capped, and never the same for two that failed together. For ever. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    /** The wait after one more failure: between half and all of a doubling time. */
    Duration failed() {
        long doubled = FIRST.toMillis() << Math.min(failures, 10);
        failures++;
        long most = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
