package dev.portcullis.operator.grant;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The pause after a failure: shorter, where somebody did meanwhile what the failure asked for; ended with the loop. */
final class RetryPause {
    /** How often it is asked: a Secret is not watched. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CountDownLatch stopping;

    /** @param stopping open when the loop ends */
    RetryPause(CountDownLatch stopping) {
        this.stopping = stopping;
    }

    /** Returns after the longest time, when it is mended, or when the loop ends. */
    void await(Duration longest, BooleanSupplier isMended) throws InterruptedException {
        long begun = System.nanoTime();
        Duration left = longest;
        boolean over = false;
        while (!over && !left.isNegative()) {
            Duration slice = left.compareTo(INTERVAL) < 0 ? left : INTERVAL;
            over = stopping.await(slice.toMillis() + 1, TimeUnit.MILLISECONDS) || isMended.getAsBoolean();
            left = longest.minusNanos(System.nanoTime() - begun);
        }
    }
}
