package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts the time in which nothing was broken: only that counts against the bounds. */
final class QuietClock {
    private final LongSupplier nanos;
    private long counted;
    private long since;
    private int broken;

    /** {@code nanos} as {@link System#nanoTime}. */
    QuietClock(LongSupplier nanos) {
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /** Something is broken from now on, until {@link #mended}. */
    synchronized void broken() {
        counted = now().toNanos();
        broken++;
    }

    /** It is mended; the time that the operator has for finding that out does not count either. */
    synchronized void mended(Duration recovery) {
        counted = now().toNanos();
        broken--;
        since = Math.max(since, nanos.getAsLong() + recovery.toNanos());
    }

    /** It evidently works: nothing has to be waited for any more. */
    synchronized void recovered() {
        if (broken == 0) {
            counted = now().toNanos();
            since = nanos.getAsLong();
        }
    }

    /** Quiet time since the beginning. */
    synchronized Duration now() {
        long now = nanos.getAsLong();
        if (broken > 0 || now <= since) {
            return Duration.ofNanos(counted);
        }
        counted += now - since;
        since = now;
        return Duration.ofNanos(counted);
    }
}
