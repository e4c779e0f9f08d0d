package dev.portcullis.benchmark.load;

import dev.portcullis.local.AtOnce;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Those who write at the same time, and how far they are. */
final class Writers {
    private final AtOnce threads;

    Writers(int threads) {
        this.threads = new AtOnce(threads);
    }

    /** Returns how long it took; fails with the first failure. */
    Duration run(String step, int count, IntConsumer action) {
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        try (Progress progress = new Progress(step, count)) {
            threads.times(count, i -> {
                action.accept(i);
                synchronized (progress) {
                    progress.at(done.incrementAndGet());
                }
            });
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(step + ": " + e.getMessage(), e.getCause());
        }
    }
}
