package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.leader.LeaderLease;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end may be asked for at any moment of the start: nothing begins afterwards, and the next one gets the Lease at once, but not too early. */
@Timeout(60)
class ServiceTest {
    private static final String NAMESPACE = "portcullis-system";
    private static final String STATUS =
            "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/%s/status";

    private final ApiServer api = new ApiServer();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();
    private final TestWork work = new TestWork();
    private Function<String, Work> operators = installation -> {
        made.incrementAndGet();
        return work;
    };
    private Service service;

    @BeforeEach
    void service() throws IOException {
        service = new Service(
                OperatorSettings.from(Map.of(
                        "PORTCULLIS_HEALTH_PORT", "0",
                        "PORTCULLIS_METRICS_PORT", "0",
                        "PORTCULLIS_LEADER_ELECTION", "true")),
                api.client(),
                ApiServerAccess.of(api.client().getConfiguration(), Map.of()),
                "first",
                Clock.systemUTC(),
                (installation, turn) -> operators.apply(installation),
                lost::countDown);
    }

    @AfterEach
    void end() {
        service.close();
        threads.shutdownNow();
        api.close();
    }

    @Test
    void worksUntilItIsEndedAndGivesTheLeaseBackThen() throws Exception {
        assertThat(service.start()).isTrue();
        assertThat(isGivenBack()).isFalse();
        work.onClose = () -> assertThat(isGivenBack()).as("while it ends").isFalse();

        service.close();
        service.close();

        assertThat(work.closed).hasValue(1);
        assertThat(isGivenBack()).isTrue();
        assertThat(lost.getCount()).as("given back is not lost").isOne();
    }

    @Test
    void doesNotStartAfterItsEnd() throws Exception {
        service.close();

        assertThat(service.start()).isFalse();
        assertThat(made).hasValue(0);
        assertThat(lease()).isNull();
    }

    @Test
    void whoWaitsForTheLeaseStopsWaitingAtTheEnd() throws Exception {
        LeaderLease others = new LeaderLease(api.client(), NAMESPACE, "other", () -> {}, Clock.systemUTC());
        others.await();
        api.forgetCalls();
        Future<Boolean> start = threads.submit(service::start);
        await().until(() ->
                api.calls("GET").stream().anyMatch(call -> call.path().endsWith("/leases/portcullis")));

        service.close();

        assertThat(start.get()).isFalse();
        assertThat(made).hasValue(0);
        assertThat(holder()).isEqualTo("other");
        others.close();
    }

    /** It has the Lease, and the operator is just being made. */
    @Test
    void anOperatorThatIsMadeWhenTheEndIsAskedForDoesNotBegin() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        operators = installation -> {
            making.countDown();
            hold(go);
            return work;
        };
        Future<Boolean> start = threads.submit(service::start);
        making.await();

        Thread end = ends();
        assertThat(isGivenBack()).isFalse();
        go.countDown();

        assertThat(start.get()).isFalse();
        end.join();
        assertThat(work.begun).isFalse();
        assertThat(isGivenBack()).isTrue();
    }

    @Test
    void theEndOfAnOperatorThatStartsIsForTheOperatorToSee() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        work.onStart = () -> {
            starting.countDown();
            hold(closed);
        };
        work.onClose = closed::countDown;
        Future<Boolean> start = threads.submit(service::start);
        starting.await();

        service.close();

        assertThat(start.get()).isFalse();
        assertThat(work.begun).isFalse();
        assertThat(isGivenBack()).isTrue();
    }

    /** The next one would write statuses that this one takes away. */
    @Test
    void whatIsTakenAwayAtTheFirstStartEndsBeforeTheLeaseIsGivenBack() throws Exception {
        api.create(Samples.provisioned("a", "taylor", "taylor"));
        api.create(Samples.provisioned("b", "taylor", "taylor"));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        api.holdsOnce("PATCH", STATUS.formatted("a"), arrived, letGo);
        Future<Boolean> start = threads.submit(service::start);
        arrived.await();

        Thread end = ends();
        letGo.countDown();

        assertThat(start.get()).isFalse();
        end.join();
        assertThat(api.calls("PATCH").stream().map(ApiServer.Call::path))
                .contains(STATUS.formatted("a"))
                .doesNotContain(STATUS.formatted("b"));
        assertThat(agreement("b").getStatus()).isNotNull();
        assertThat(InstallationId.read(api.client(), NAMESPACE))
                .as("the next start begins anew")
                .isEmpty();
        assertThat(made).hasValue(0);
        assertThat(isGivenBack()).isTrue();
    }

    @Test
    void aStartThatFailsSaysWhyAndTheEndGivesTheLeaseBack() {
        operators = installation -> {
            throw new IllegalStateException("no operator");
        };

        assertThatThrownBy(() -> service.start()).hasMessage("no operator");
        assertThat(isGivenBack()).isFalse();
        service.close();

        assertThat(isGivenBack()).isTrue();
    }

    @Test
    void anOperatorThatFailsWhileItStartsIsEndedBeforeTheLeaseIsGivenBack() {
        work.onStart = () -> {
            throw new IllegalStateException("no cache");
        };
        work.onClose = () -> assertThat(isGivenBack()).isFalse();

        assertThatThrownBy(() -> service.start()).hasMessage("no cache");
        service.close();

        assertThat(work.closed).hasValue(1);
        assertThat(isGivenBack()).isTrue();
    }

    /** Something of it may still be under way. */
    @Test
    void anOperatorThatCannotBeEndedKeepsTheLease() throws Exception {
        assertThat(service.start()).isTrue();
        work.onClose = () -> {
            throw new IllegalStateException("stuck");
        };

        assertThatThrownBy(() -> service.close()).hasMessage("stuck");

        assertThat(isGivenBack()).isFalse();
    }

    @Test
    void aLeaseThatIsLostWhileTheOperatorIsMadeIsSaidAtOnce() throws Exception {
        operators = installation -> {
            api.client()
                    .leases()
                    .inNamespace(NAMESPACE)
                    .withName(LeaderLease.NAME)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"holderIdentity\": \"second\"}}");
            // in the program this is its end
            hold(lost);
            return work;
        };

        service.start();

        assertThat(lost.getCount()).isZero();
        service.close();
        assertThat(holder()).isEqualTo("second");
    }

    /** A thread that ends the service, and waits for what the start is at. */
    private Thread ends() {
        Thread end = new Thread(service::close);
        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
        return end;
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String holder() {
        return lease().getSpec().getHolderIdentity();
    }

    private boolean isGivenBack() {
        return holder() == null;
    }

    private Lease lease() {
        return api.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName(LeaderLease.NAME)
                .get();
    }

    private DataUsageAgreement agreement(String name) {
        return api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }

    /** Begins when its start returns, unless it was closed before. */
    private static final class TestWork implements Work {
        final AtomicInteger closed = new AtomicInteger();
        final AtomicBoolean begun = new AtomicBoolean();
        Runnable onStart = () -> {};
        Runnable onClose = () -> {};

        @Override
        public boolean start() {
            onStart.run();
            begun.set(closed.get() == 0);
            return begun.get();
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public boolean isReady() {
            return begun.get();
        }

        @Override
        public List<MetricSnapshot> metrics() {
            return List.of();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            onClose.run();
        }
    }
}
