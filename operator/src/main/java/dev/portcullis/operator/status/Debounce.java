package dev.portcullis.operator.status;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets a status that only counts be written at once, and then not again for a while: a thousand agreements are not a thousand writes. The pause doubles as long
 * as there is something to write whenever it ends, and is short again when there was nothing for as long.
 */
public final class Debounce {
    private final Duration shortest;
    private final Duration longest;
    private final LongSupplier nanos;
    private final Map<String, Write> lastWrite = new ConcurrentHashMap<>();

    /** @param pause what counts have to wait after it */
    private record Write(long at, Duration pause) {}

    /**
     * @param shortest between two writes of an object
     * @param longest between two writes of its counts
     * @param nanos a monotonic clock, in nanoseconds
     */
    public Debounce(Duration shortest, Duration longest, LongSupplier nanos) {
        this.shortest = shortest;
        this.longest = longest;
        this.nanos = nanos;
    }

    /** How long a write of this object's counts has still to wait; empty when it may be made now. */
    public Optional<Duration> waitOfCounts(String uid) {
        return Optional.ofNullable(lastWrite.get(uid)).flatMap(write -> left(write, write.pause()));
    }

    /** How long a write of anything else has still to wait: the shortest pause, whatever counts wait. */
    public Optional<Duration> waitOfNews(String uid) {
        return Optional.ofNullable(lastWrite.get(uid)).flatMap(write -> left(write, shortest));
    }

    private Optional<Duration> left(Write write, Duration pause) {
        Duration left = pause.minusNanos(nanos.getAsLong() - write.at());
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    public void written(String uid) {
        long now = nanos.getAsLong();
        lastWrite.merge(uid, new Write(now, shortest), (before, first) -> {
            Duration twice = before.pause().multipliedBy(2);
            boolean wasQuiet = now - before.at() >= twice.toNanos();
            return wasQuiet ? first : new Write(now, twice.compareTo(longest) < 0 ? twice : longest);
        });
    }

    public void forget(String uid) {
        lastWrite.remove(uid);
    }
}
