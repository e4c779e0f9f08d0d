package dev.portcullis.operator.grant;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When it may be looked for other ways again: what changes during a search waits for its end, and with it a revoke. So slow ones get a small share of the time,
 * and one that was given up is not begun again before a minute is over. Used by one thread.
 */
final class Searches {
    /** A pause is so many times as long as the search before it. */
    private static final int SHARE = 20;

    /** What takes no longer needs no pause. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final Duration GIVEN_UP = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private long begun;
    private long ended;
    private long pause;

    /** @param clock monotonic, in nanoseconds */
    Searches(LongSupplier clock) {
        this.clock = clock;
    }

    boolean mayBegin() {
        return left().isZero();
    }

    /** How long not to begin yet. */
    Duration left() {
        long left = pause == 0 ? 0 : pause - (clock.getAsLong() - ended);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    void began() {
        begun = clock.getAsLong();
    }

    /** @param found whether it came to its end */
    void ended(boolean found) {
        ended = clock.getAsLong();
        long took = ended - begun;
        long share = took <= SHORT.toNanos() ? 0 : SHARE * took;
        pause = found ? share : Math.max(share, GIVEN_UP.toNanos());
    }
}
