package dev.portcullis.operator.grant;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ports where somebody new is to be granted something, and when to do that. A comparison costs nearly the same for one agreement as for hundreds, so when many come, they are
 * taken together: each that one comparison granted makes the next wait for a 20th of a second more. Below 20 agreements a second nobody waits for others; and when no more
 * come, those that are here wait no longer.
 *
 * <p>Marks are no measure of how many come: who was granted along with others is not marked any more.
 *
 * <p>Times are nanoseconds of one monotonic clock. Not for use by several threads at once.
 */
final class Crowd {
    private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** After such a silence nobody is taken to follow. Shorter ones come of what is written of those who were granted before. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final long gatheringNanos;
    private final Set<String> portUids = new HashSet<>();
    private long firstAt;
    private long lastAt;
    private long takenAt;
    private long notBefore;

    /** @param gatheringNanos how long whoever comes first waits at least */
    Crowd(long gatheringNanos) {
        this.gatheringNanos = gatheringNanos;
    }

    void mark(String portUid, long now) {
        if (isEmpty()) {
            firstAt = now;
        }
        follow(now);
        portUids.add(portUid);
    }

    /** Somebody is on the way, and will be marked or granted along with others. */
    void follow(long now) {
        if (now - lastAt > SILENCE_NANOS) {
            // the crowd before is gone
            notBefore = now;
        }
        lastAt = now;
    }

    boolean isEmpty() {
        return portUids.isEmpty();
    }

    /** When they are to be compared, unless more come; {@link Long#MAX_VALUE} where there are none. */
    long dueAt() {
        return isEmpty() ? Long.MAX_VALUE : Math.max(firstAt + gatheringNanos, wholeAt());
    }

    /** As long as somebody waits, without end; else how long so many are expected as came last, unless they stay away. */
    long expectedUntil() {
        return isEmpty() ? wholeAt() : Long.MAX_VALUE;
    }

    private long wholeAt() {
        return Math.min(notBefore, lastAt + SILENCE_NANOS);
    }

    /** All of them, from now on no more waited for. */
    Set<String> take(long now) {
        Set<String> taken = Set.copyOf(portUids);
        takenAt = now;
        portUids.clear();
        return taken;
    }

    /** So many were granted by the comparison for which the last were taken. */
    void granted(long count) {
        notBefore = takenAt + Math.min(LONGEST_NANOS, count * EACH_NANOS);
    }
}
