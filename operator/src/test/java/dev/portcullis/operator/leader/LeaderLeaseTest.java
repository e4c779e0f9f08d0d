package dev.portcullis.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaderLeaseTest {
    private static final LeaderLease.Times LONG =
            new LeaderLease.Times(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMillis(50));
    private static final LeaderLease.Times SHORT =
            new LeaderLease.Times(Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofMillis(50));
    private static final Duration ONE = Duration.ofSeconds(1);
    private static final Duration TWO = Duration.ofSeconds(2);
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
        assertThat(lease.isSurelyHeld()).isTrue();

        api.answers("GET", LEASE, 500, "InternalError");

        await().atMost(Duration.ofSeconds(6)).until(() -> lost.get() == 1);
        assertThat(lease.isSurelyHeld()).isFalse();
        lease.close();
    }

    /** Another would begin at once, and what works here ends only when it hears of it. */
    @Test
    void whoCannotRenewItDoesNotGiveItBack() throws Exception {
        LeaderLease lease = lease("first", SHORT);
        lease.await();
        api.answers("PATCH", LEASE, 409, "Conflict");
        await().until(() -> lost.get() == 1);

        await().during(Duration.ofMillis(300))
                .until(() -> api.calls("PATCH").stream()
                        .map(call -> call.json().path("spec"))
                        .allMatch(spec -> spec.path("holderIdentity").asText().equals("first")
                                && spec.path("leaseDurationSeconds").asInt() == 8));

        // now nothing works any more
        api.answersAsUsual();
        lease.close();
        assertThat(holder()).isNull();
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
    void whatCannotBeGivenBackAnyMoreRunsOut() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        KubernetesClient own = new KubernetesClientBuilder()
                .withConfig(api.client().getConfiguration())
                .build();
        LeaderLease lease = new LeaderLease(own, "mesh", "first", lost::incrementAndGet, Clock.systemUTC(), LONG);
        lease.await();
        own.close();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            lease.close();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }

        // that it was lost, by a renewal just then, may be or not
        assertThat(uncaught).isEmpty();
    }

    @Test
    void whoWaitsAsksAgainAfterAFailure() throws Exception {
        api.answersOnce("GET", LEASE, 500, "InternalError");

        try (LeaderLease lease = lease("first", LONG)) {
            lease.await();
            assertThat(lease.isHeld()).isTrue();
        }
    }

    /** Its clock is behind, or a slow API server took long: what it wrote is old from the first moment, and still it works. */
    @Test
    void whoRenewsItKeepsItWhateverTimeItWrites() throws Exception {
        writtenByHand(spec -> spec.withHolderIdentity("other")
                .withLeaseDurationSeconds(30)
                .withAcquireTime(now().minusMinutes(10))
                .withRenewTime(now().minusMinutes(10)));

        try (LeaderLease second = lease("second", LONG)) {
            looksAgain();
            assertThat(second.isHeld()).isFalse();

            // its holder finds out in a moment, and works until then
            api.client().leases().inNamespace("mesh").withName("portcullis").delete();
            looksAgain();
            assertThat(second.isHeld()).isFalse();
        }
    }

    @Test
    void whatStandsStillForItsDurationHasRunOut() throws Exception {
        writtenByHand(spec -> spec.withHolderIdentity("other")
                .withLeaseDurationSeconds(1)
                .withAcquireTime(now())
                // by a clock that is ahead
                .withRenewTime(now().plusMinutes(10)));

        try (LeaderLease second = lease("second", LONG)) {
            assertThat(second.await()).isTrue();
        }
    }

    @Test
    void aLeaseThatPeopleLeftHalfEmptyIsTaken() throws Exception {
        writtenByHand(spec -> spec);

        try (LeaderLease first = lease("first", LONG)) {
            assertThat(first.await()).isTrue();
        }
    }

    /** What somebody holds who has not said for how long has lasted as long as ours, and nobody waits for ever. */
    @Test
    void aLeaseThatDoesNotSayHowLongItLastsRunsOut() throws Exception {
        writtenByHand(spec -> spec.withHolderIdentity("other"));

        try (LeaderLease second = lease("second", new LeaderLease.Times(TWO, ONE, Duration.ofMillis(50)))) {
            assertThat(second.await()).isTrue();
        }
    }

    private @Nullable String holder() {
        return api.client()
                .leases()
                .inNamespace("mesh")
                .withName("portcullis")
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    private void writtenByHand(UnaryOperator<LeaseSpecBuilder> spec) {
        api.create(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName("portcullis")
                .endMetadata()
                .withSpec(spec.apply(new LeaseSpecBuilder()).build())
                .build());
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    /** Whoever waits has come to a conclusion of what is there now. */
    private void looksAgain() {
        api.forgetCalls();
        await().until(() -> api.calls("GET").size() >= 3);
    }

    private LeaderLease lease(String identity, LeaderLease.Times times) {
        return new LeaderLease(api.client(), "mesh", identity, lost::incrementAndGet, Clock.systemUTC(), times);
    }
}
