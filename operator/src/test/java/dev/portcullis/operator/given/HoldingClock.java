package dev.portcullis.operator.given;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands still, and makes reconcilers of agreements wait where a test wants them to: each asks the time first. */
public final class HoldingClock extends Clock {
    private final Clock clock = new TestClock();
    private final AtomicInteger toHold = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile CountDownLatch latch = new CountDownLatch(1);

    /** The next so many wait, until they are let go. */
    public void hold(int threads) {
        latch = new CountDownLatch(1);
        held.set(0);
        toHold.set(threads);
    }

    /** How many wait, or have waited since {@link #hold}. */
    public int held() {
        return held.get();
    }

    public void letGo() {
        latch.countDown();
    }

    @Override
    public Instant instant() {
        boolean reconciles = Thread.currentThread().getName().startsWith("ReconcilerExecutor-agreements");
        if (reconciles && toHold.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            held.incrementAndGet();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return clock.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
