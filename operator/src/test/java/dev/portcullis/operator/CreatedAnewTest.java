package dev.portcullis.operator;

import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.HoldingClock;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
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
    private final HoldingClock clock = new HoldingClock();
    private final PortcullisOperator operator = operator();

    @BeforeEach
    void mesh() {
        api.createShop();
        operator.start();
    }

    private PortcullisOperator operator() {
        return new PortcullisOperator(api.client(), "portcullis-system", "test", List.of(new MemoryPlatform()), clock);
    }

    @AfterEach
    void end() {
        clock.letGo();
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
            await().during(Duration.ofMillis(300)).until(() -> clock.held() == THREADS);
            clock.letGo();
        }

        eventually(() -> IntStream.range(0, 3).allMatch(round -> phase("anew" + round) == Phase.Active));
    }

    private void holdAllThreads() {
        clock.hold(THREADS);
        for (int i = 0; i < THREADS; i++) {
            api.client().resource(agreement("filler" + i)).edit(agreement -> {
                agreement
                        .getMetadata()
                        .getAnnotations()
                        .put("touched", UUID.randomUUID().toString());
                return agreement;
            });
        }
        eventually(() -> clock.held() == THREADS);
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
}
