package dev.portcullis.operator;

import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An agreement is deleted and created anew while all threads are busy: the framework makes one call of it, as of a deletion, and forgets what comes
 * meanwhile. The new one must be looked at all the same.
 */
@Timeout(120)
class CreatedAnewTest {
    /** The threads that reconcile, as the framework has them. */
    private static final int THREADS = 50;

    private final ApiServer api = new ApiServer();
    private final AtomicInteger toHold = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile CountDownLatch latch = new CountDownLatch(1);
    private final PortcullisOperator operator = operator();

    @BeforeEach
    void mesh() {
        api.createShop();
        operator.start();
    }

    private PortcullisOperator operator() {
        return new PortcullisOperator(
                api.client(), "portcullis-system", "test", List.of(new MemoryPlatform()), new HoldingClock());
    }

    @AfterEach
    void end() {
        latch.countDown();
        operator.close();
        api.close();
    }

    @Test
    void isLookedAt() {
        for (int i = 0; i < THREADS; i++) {
            api.create(Samples.request("filler" + i, "user" + i));
        }
        eventually(() -> IntStream.range(0, THREADS).allMatch(i -> phase("filler" + i) == Phase.Active));
        for (int round = 0; round < 3; round++) {
            String name = "anew" + round;
            api.create(Samples.request(name, "taylor", "nothing-v1"));
            eventually(() -> phase(name) == Phase.Invalid);

            holdAllThreads();
            api.client().resource(agreement(name)).delete();
            api.create(Samples.request(name, "taylor"));
            // until both are with the framework
            await().during(Duration.ofMillis(300)).until(() -> held.get() == THREADS);
            latch.countDown();
        }

        eventually(() -> IntStream.range(0, 3).allMatch(round -> phase("anew" + round) == Phase.Active));
    }

    private void holdAllThreads() {
        latch = new CountDownLatch(1);
        held.set(0);
        toHold.set(THREADS);
        for (int i = 0; i < THREADS; i++) {
            api.client().resource(agreement("filler" + i)).edit(agreement -> {
                agreement
                        .getMetadata()
                        .getAnnotations()
                        .put("touched", UUID.randomUUID().toString());
                return agreement;
            });
        }
        eventually(() -> held.get() == THREADS);
    }

    private Phase phase(String name) {
        DataUsageAgreement agreement = agreement(name);
        return agreement == null || agreement.getStatus() == null
                ? null
                : agreement.getStatus().phase();
    }

    private DataUsageAgreement agreement(String name) {
        return api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }

    private static void eventually(Callable<Boolean> what) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(what);
    }

    /** Every reconciler asks the time first; those that shall be held wait there. */
    private final class HoldingClock extends Clock {
        private final Clock clock = new TestClock();

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
}
