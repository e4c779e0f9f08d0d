package dev.portcullis.it.story;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Requests of several at the same time, in threads of their own: the client needs the common pool for its answers, which since Java 25 has one thread on two processors, and parallel streams would wait
 * in it.
 */
final class AtOnce {
    private static final int THREADS = 4;

    private AtOnce() {}

    /** Returns when all is done. */
    static void times(int count, IntConsumer request) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = IntStream.range(0, count)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> request.accept(i)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("one of the requests failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
