package dev.portcullis.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaderLeaseTest {
    private static final LeaderLease.Times LONG =
            new LeaderLease.Times(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(50));
    private static final LeaderLease.Times SHORT =
            new LeaderLease.Times(Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofMillis(50));
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/mesh/leases/portcullis";

    private final ApiServer api = new ApiServer();
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void oneHoldsItAndTheNextGetsItBackAtOnce() throws Exception {
        LeaderLease first = lease("first", LONG);
        first.await();
        LeaderLease second = lease("second", LONG);
        assertThat(first.isHeld()).isTrue();
        await().during(Duration.ofMillis(300)).until(() -> !second.isHeld());

        first.close();

        // before it runs out
        await().atMost(Duration.ofSeconds(10)).until(second::isHeld);
        second.close();
        assertThat(lost).as("given back is not lost").hasValue(0);
    }

    @Test
    void whoCannotRenewItLosesItBeforeAnotherMayHaveIt() throws Exception {
        LeaderLease lease = lease("first", SHORT);
        lease.await();

        api.answers("GET", LEASE, 500, "InternalError");

        await().atMost(Duration.ofSeconds(6)).until(() -> lost.get() == 1);
        lease.close();
    }

    /** Its clock is ahead, so it believes that the lease has run out. */
    @Test
    void whoSeesAnotherHoldItEnds() throws Exception {
        LeaderLease lease = lease("first", LONG);
        lease.await();

        // names no version: the holder renews it all the time, and an edit of what was read would come too late now and
        // then
        api.client()
                .leases()
                .inNamespace("mesh")
                .withName("portcullis")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"holderIdentity\": \"second\"}}");

        await().atMost(Duration.ofSeconds(10)).until(() -> lost.get() == 1);
        lease.close();
    }

    @Test
    void whoWaitsWaitsNoLongerWhenItIsClosed() throws Exception {
        LeaderLease first = lease("first", LONG);
        assertThat(first.await()).isTrue();
        LeaderLease second = lease("second", LONG);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return second.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        second.close();
        second.close();

        assertThat(waiting.get()).isFalse();
        assertThat(second.isHeld()).isFalse();
        first.close();
        assertThat(first.isHeld()).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    void whoWaitsAsksAgainAfterAFailure() throws Exception {
        api.answersOnce("GET", LEASE, 500, "InternalError");

        try (LeaderLease lease = lease("first", LONG)) {
            lease.await();
            assertThat(lease.isHeld()).isTrue();
        }
    }

    private LeaderLease lease(String identity, LeaderLease.Times times) {
        return new LeaderLease(api.client(), "mesh", identity, lost::incrementAndGet, times);
    }
}
