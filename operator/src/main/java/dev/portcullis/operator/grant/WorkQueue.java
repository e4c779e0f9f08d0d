package dev.portcullis.operator.grant;

import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What a grant loop has to look at: ports that changed, ports where somebody comes to, ports to try again, and everything from time to time; and what only words come of, when
 * there is nothing else to do. Changes that come close together are taken together, and many that come to wait for each other ({@link Crowd}); what takes access away waits for nobody. Times are of the monotonic clock, so that a clock set back delays nothing.
 */
final class WorkQueue {
    /** Long enough for the changes of one kubectl apply to come together, short enough not to be felt. */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long a search that is due waits for other work that never ends. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Nanoseconds of the monotonic clock at this object's birth: the clock itself may be negative, or about to wrap. */
    private final long birth;

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> dirty = new HashSet<>();
    private final Crowd crowd = new Crowd(GATHERING_NANOS);
    /** Ports to try again, and when. */
    private final Map<String, Long> again = new HashMap<>();

    private long everythingAt;
    private long lookAt = Long.MAX_VALUE;
    private long searchAt = Long.MAX_VALUE;
    private boolean tookCrowd;
    private boolean closed;

    WorkQueue() {
        this(System::nanoTime);
    }

    /** @param clock monotonic, in nanoseconds */
    WorkQueue(LongSupplier clock) {
        this.clock = clock;
        this.birth = clock.getAsLong();
    }

    private long now() {
        return clock.getAsLong() - birth;
    }

    /** A port changed. */
    void mark(String portUid) {
        lock.lock();
        try {
            if (dirty.add(portUid)) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody new is to be granted something of a port, for which a while of waiting for others does no harm. */
    void markNew(String portUid) {
        lock.lock();
        try {
            crowd.mark(portUid, now());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody new has been approved and will be marked, or be granted something along with others. */
    void follow() {
        lock.lock();
        try {
            crowd.follow(now());
        } finally {
            lock.unlock();
        }
    }

    /** So many were granted something by the comparison that was taken last. */
    void granted(long count) {
        lock.lock();
        try {
            // another has nothing to do with how many come
            if (tookCrowd) {
                crowd.granted(count);
            }
        } finally {
            lock.unlock();
        }
    }

    /** These ports are not as they should be and may heal by themselves. */
    void tryAgain(Collection<String> portUids, Duration delay) {
        if (portUids.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            long at = now() + delay.toNanos();
            portUids.forEach(portUid -> again.merge(portUid, at, Math::min));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Everything is to be looked at after the delay, or earlier if that was said before. */
    void everythingWithin(Duration delay) {
        lock.lock();
        try {
            everythingAt = Math.min(everythingAt, now() + delay.toNanos());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The objects are to be looked at after the delay. */
    void lookWithin(Duration delay) {
        lock.lock();
        try {
            lookAt = Math.min(lookAt, now() + delay.toNanos());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** It is to be searched for other ways after the delay, once nothing else is to do; or earlier if that was said before. */
    void searchWithin(Duration delay) {
        lock.lock();
        try {
            searchAt = Math.min(searchAt, now() + delay.toNanos());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work and takes it. What fails must be put back by the caller.
     *
     * @return what to do; when closed, to compare nothing
     */
    Work take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = now();
                tookCrowd = false;
                if (searchAt <= now - PATIENCE_NANOS) {
                    searchAt = Long.MAX_VALUE;
                    return new Work.Search();
                }
                if (now >= everythingAt) {
                    dirty.clear();
                    crowd.take(now);
                    tookCrowd = true;
                    again.clear();
                    everythingAt = Long.MAX_VALUE;
                    return new Work.Compare(new Scope.Everything());
                }
                // before the marks, which may never end
                if (now >= lookAt) {
                    lookAt = Long.MAX_VALUE;
                    return new Work.Look();
                }
                again.forEach((portUid, at) -> {
                    if (now >= at) {
                        dirty.add(portUid);
                    }
                });
                again.values().removeIf(at -> now >= at);
                if (now >= crowd.dueAt()) {
                    dirty.addAll(crowd.take(now));
                    tookCrowd = true;
                    return new Work.Compare(takeDirty());
                }
                if (!dirty.isEmpty()) {
                    return new Work.Compare(gathered());
                }
                if (now >= searchFrom()) {
                    searchAt = Long.MAX_VALUE;
                    return new Work.Search();
                }
                long againAt = again.values().stream().reduce(Long.MAX_VALUE, Math::min);
                long next = Math.min(
                        Math.min(Math.min(lookAt, searchFrom()), crowd.dueAt()), Math.min(everythingAt, againAt));
                changed.awaitNanos(next - now);
            }
            return new Work.Compare(new Scope.Ports(Set.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Not while somebody waits to be granted, or more are expected: what a crowd brings is searched for in one go. */
    private long searchFrom() {
        return searchAt == Long.MAX_VALUE
                ? searchAt
                : Math.max(searchAt, Math.min(crowd.expectedUntil(), searchAt + PATIENCE_NANOS));
    }

    private Scope gathered() throws InterruptedException {
        long until = now() + GATHERING_NANOS;
        for (long left = GATHERING_NANOS; left > 0 && !closed; left = until - now()) {
            changed.awaitNanos(left);
        }
        return takeDirty();
    }

    private Scope takeDirty() {
        Scope.Ports scope = new Scope.Ports(dirty);
        dirty.clear();
        return scope;
    }
}
