package dev.portcullis.operator.status;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a status that only counts be written at once, and then not again for a while: a thousand agreements are not a thousand writes. */
public final class Debounce {
    private final Duration pause;
    private final Map<String, Long> lastWrite = new ConcurrentHashMap<>();

    public Debounce(Duration pause) {
        this.pause = pause;
    }

    /** How long a write of this object's counts has still to wait; empty when it may be made now. */
    public Optional<Duration> wait(String uid) {
        Long last = lastWrite.get(uid);
        if (last == null) {
            return Optional.empty();
        }
        Duration left = pause.minusNanos(System.nanoTime() - last);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    public void written(String uid) {
        lastWrite.put(uid, System.nanoTime());
    }

    public void forget(String uid) {
        lastWrite.remove(uid);
    }
}
