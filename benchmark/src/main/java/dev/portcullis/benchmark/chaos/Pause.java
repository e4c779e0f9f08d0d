package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that passes because the run wants it to: between operations, and between looks. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
