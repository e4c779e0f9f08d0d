package dev.portcullis.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Many threads that do one thing each with the numbers from zero on. They are threads of their own: the client needs the common pool for its answers, which since
 * Java 25 has one thread on two processors, and parallel streams would wait in it.
 */
public final class AtOnce {
    private final int threads;

    public AtOnce(int threads) {
        this.threads = threads;
    }

    /**
     * Returns when all is done, or one has failed.
     *
     * @throws IllegalStateException with the first failure as its cause
     */
    public void times(int count, IntConsumer action) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        action.accept(i);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("one of " + count + " failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
