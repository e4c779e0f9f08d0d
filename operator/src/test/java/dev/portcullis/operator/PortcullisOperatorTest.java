package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.engine.time.Warnings;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.HoldingClock;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.time.ServerClock;
import dev.portcullis.operator.watch.WatchConnections;
import dev.portcullis.operator.watch.WatchPace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All parts together, on the mock server and a platform in memory. What only a real server does is for the other rings. */
@Timeout(60)
class PortcullisOperatorTest {
    private final ApiServer api = new ApiServer();
    private final MemoryPlatform platform = new MemoryPlatform();
    private PortcullisOperator operator;

    @BeforeEach
    void mesh() {
        api.createShop();
        operator = operator();
    }

    @AfterEach
    void end() {
        operator.close();
        api.close();
    }

    private PortcullisOperator operator() {
        return new PortcullisOperator(api.client(), "portcullis-system", "test", List.of(platform), new TestClock());
    }

    @Test
    void grantsWhatIsApprovedAndRevokesWhatIsDeleted() {
        assertThat(operator.isReady()).isFalse();
        operator.start();
        assertThat(operator.isReady()).isTrue();
        api.create(Samples.request("a", "taylor"));

        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Active);
        assertThat(members()).containsExactly("taylor");
        DataUsageAgreement active = agreement("a");
        assertThat(active.getMetadata().getFinalizers()).containsExactly("portcullis.dev/revoke");
        assertThat(active.getStatus().approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(active.getStatus().provisioning().status()).isEqualTo(ProvisioningStatus.Provisioned);

        api.client().resource(active).delete();

        eventually(() -> agreement("a") == null);
        assertThat(members()).isEmpty();
    }

    /** Its caches are not there yet. */
    @Test
    void anOperatorThatIsEndedWhileItStartsDoesNotBegin() throws Exception {
        api.create(Samples.request("a", "taylor"));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        api.holdsOnce("GET", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", arrived, letGo);
        CompletableFuture<Boolean> start = CompletableFuture.supplyAsync(() -> operator.start());
        arrived.await();

        operator.close();
        letGo.countDown();

        assertThat(start.handle((begun, problem) -> Boolean.TRUE.equals(begun)).get())
                .isFalse();
        assertThat(operator.isReady()).isFalse();
        assertThat(platform.sessionsOpened()).isZero();
        assertThat(writes()).isEmpty();
    }

    /** The framework empties its caches before it waits for those that look into them: what is in none of them any more is not gone for that. */
    @Test
    void whatIsLookedAtWhileTheOperatorEndsIsNotTakenForRevoked() throws Exception {
        operator.close();
        HoldingClock clock = new HoldingClock();
        operator = new PortcullisOperator(api.client(), "portcullis-system", "test", List.of(platform), clock);
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Active);
        clock.hold(1);
        edit(() -> agreement("a"), agreement -> {
            agreement.getMetadata().setLabels(Map.of("looked", "at"));
            return agreement;
        });
        eventually(() -> clock.held() == 1);
        api.forgetCalls();

        CompletableFuture<Void> end = CompletableFuture.runAsync(operator::close);
        eventually(() -> !operator.areWatchesOpen());
        clock.letGo();
        end.get();

        assertThat(writes()).isEmpty();
        assertThat(agreement("a").getStatus().phase()).isEqualTo(Phase.Active);
        assertThat(members()).containsExactly("taylor");
    }

    @Test
    void aRestartWithUnchangedStateWritesNothing() {
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Active);
        eventually(() -> active(port()) == 1 && active(product()) == 1);
        eventually(() -> warehouse().getStatus() != null
                && Integer.valueOf(1).equals(warehouse().getStatus().entitlements()));
        operator.close();
        api.forgetCalls();
        int sessions = platform.sessionsOpened();

        operator = operator();
        operator.start();
        eventually(() -> platform.sessionsOpened() > sessions);
        await().during(Duration.ofMillis(1500)).until(() -> writes().isEmpty());

        assertThat(members()).containsExactly("taylor");
    }

    /** The end of an access is four statuses: the agreement's, and the counts of port, product and platform. After these there is nothing. */
    @Test
    void anOperatorWithNothingToDoWritesNothing() {
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() -> active(port()) == 1 && active(product()) == 1);
        eventually(() -> warehouse().getStatus() != null
                && Integer.valueOf(1).equals(warehouse().getStatus().entitlements()));
        suspend(true);
        eventually(() -> agreement("a").getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        eventually(() -> active(port()) == 0 && active(product()) == 0);
        eventually(() -> Integer.valueOf(0).equals(warehouse().getStatus().entitlements()));

        await().pollInterval(Duration.ofMillis(50))
                .during(Duration.ofMillis(1500))
                .until(this::nothingWasWrittenSinceTheLastLook);
    }

    private boolean nothingWasWrittenSinceTheLastLook() {
        boolean nothing = api.calls().stream().allMatch(call -> call.method().equals("GET"));
        api.forgetCalls();
        return nothing;
    }

    @Test
    void namespacesThatAreNotWatchedAreNotLookedAt() {
        operator.close();
        operator = new PortcullisOperator(
                api.client(),
                "portcullis-system",
                "test",
                List.of(platform),
                new TestClock(),
                new ServerClock(System::nanoTime),
                Warnings.STANDARD,
                Set.of("checkout", "marketing"),
                kind -> false,
                WatchPace.STANDARD);
        DataUsageAgreement elsewhere = Samples.request("elsewhere", "taylor");
        elsewhere.getMetadata().setNamespace("finance");
        DataUsageAgreement created = api.create(elsewhere);
        operator.start();

        api.create(Samples.request("a", "taylor"));

        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Active);
        assertThat(api.client().resource(created).get()).isEqualTo(created);
        assertThat(operator.metrics()).isNotEmpty();
    }

    @Test
    void clocksThatPartAreSaidOnThePlatformWithoutAnyRequestForTheTime() {
        ServerClock server = new ServerClock(System::nanoTime);
        operator.close();
        operator = new PortcullisOperator(
                api.client(),
                "portcullis-system",
                "test",
                List.of(platform),
                new TestClock(),
                server,
                Warnings.STANDARD,
                Set.of(),
                kind -> false,
                WatchPace.STANDARD);
        operator.start();
        server.answered("Sun, 22 Nov 2026 11:50:00 GMT");
        api.create(Samples.request("a", "taylor"));

        eventually(() -> warehouse().getStatus() != null
                && warehouse().getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("ClocksApart")));
        eventually(() -> members().contains("taylor"));
        eventually(() -> api.calls("POST").stream().anyMatch(call -> call.body().contains("for the API server")));
    }

    @Test
    void aPortThatIsClosedTakesTheAccessAndGivesItBack() {
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() -> members().contains("taylor"));

        suspendProduct(true);
        eventually(() -> members().isEmpty());
        eventually(() -> agreement("a").getStatus().phase() == Phase.Suspended);

        suspendProduct(false);
        eventually(() -> members().contains("taylor"));
    }

    @Test
    void aPortWhoseLastAgreementIsCancelledCountsNone() {
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() -> active(port()) == 1);
        // longer than the pause between two writes of counts
        await().during(Duration.ofMillis(1200)).until(() -> active(port()) == 1);

        edit(() -> agreement("a"), agreement -> {
            var spec = agreement.getSpec();
            agreement.setSpec(new dev.portcullis.api.agreement.DataUsageAgreementSpec(
                    spec.purpose(),
                    spec.provider(),
                    spec.consumer(),
                    null,
                    null,
                    null,
                    false,
                    true,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
            return agreement;
        });

        eventually(() -> agreement("a").getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        eventually(() -> active(port()) == 0);
    }

    @Test
    void aPlatformCreatedAnewWhileItsLoopEndsGetsALoop() {
        operator.start();
        eventually(() -> warehouse().getStatus() != null && platform.sessionsOpened() == 1);
        CountDownLatch latch = platform.hangs();
        api.create(Samples.request("a", "taylor"));
        eventually(() -> platform.hanging() == 1);

        // it hangs, so somebody deletes it and applies the manifest again
        api.client().resource(warehouse()).delete();
        await().during(Duration.ofMillis(300)).until(() -> platform.hanging() == 1);
        api.create(Samples.platform("warehouse"));
        await().during(Duration.ofMillis(300)).until(() -> platform.hanging() == 1);
        latch.countDown();

        eventually(() -> warehouse().getStatus() != null);
        eventually(() -> platform.sessionsOpened() == 2);
    }

    /** Whatever the cause: a proxy, a load balancer, a client. */
    @Test
    void whatADeafWatchSwallowsIsSeenAllTheSame() {
        operator.close();
        WatchConnections connections = new WatchConnections(new JdkHttpClientFactory());
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(api.client().getConfiguration())
                .withHttpClientFactory(connections)
                .build()) {
            operator = new PortcullisOperator(
                    client,
                    "portcullis-system",
                    "test",
                    List.of(platform),
                    new TestClock(),
                    new ServerClock(System::nanoTime),
                    Warnings.STANDARD,
                    Set.of(),
                    connections,
                    new WatchPace(Duration.ofMillis(50), Duration.ofSeconds(1)));
            operator.start();
            api.create(Samples.request("a", "taylor"));
            eventually(() -> members().contains("taylor"));
            eventually(() -> agreement("a").getStatus().phase() == Phase.Active);
            api.makeDeaf("/apis/portcullis.dev/v1alpha1/datausageagreements");

            suspend(true);

            eventually(() -> members().isEmpty());
            assertThat(operator.isLive()).isTrue();
            suspend(false);
            eventually(() -> members().contains("taylor"));
            operator.close();
        }
    }

    /** As anybody could while the guard is down. */
    @Test
    void aStatusThatSomebodyElseWroteGivesNothingAndIsTakenAway() {
        OutputPort manual = Samples.port("manual-v1", "port-2");
        manual.setSpec(Samples.portSpec(Samples.objects("orders"), false));
        OutputPort created = api.create(manual);
        operator.start();
        api.create(Samples.request("a", "taylor", "manual-v1"));
        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Requested);

        edit(() -> agreement("a"), agreement -> {
            agreement.setStatus(Samples.approved(
                            "a", "taylor", "manual-v1", created.getMetadata().getUid(), "2026-11-22T11:30:00Z")
                    .getStatus());
            return agreement;
        });

        eventually(() -> agreement("a").getStatus().phase() == Phase.Requested);
        assertThat(agreement("a").getStatus().approval().decisions()).isEmpty();
        assertThat(platform.members(created.getMetadata().getUid())).isEmpty();
    }

    @Test
    void whatIsAskedAgainIsNotAnsweredByWhatWasFoundBefore() {
        operator.start();
        api.create(Samples.request("a", "taylor"));
        eventually(() ->
                agreement("a").getStatus() != null && agreement("a").getStatus().phase() == Phase.Active);
        suspend(true);
        eventually(() -> agreement("a").getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        CountDownLatch latch = platform.hangs();
        suspend(false);
        eventually(() -> platform.hanging() == 1
                && agreement("a").getStatus().provisioning().status() == ProvisioningStatus.Provisioning);

        suspend(true);

        eventually(() -> agreement("a").getStatus().phase() == Phase.Suspended);
        assertThat(agreement("a").getStatus().provisioning().status())
                .as("the grant is still under way")
                .isEqualTo(ProvisioningStatus.Deprovisioning);
        latch.countDown();
        eventually(() -> agreement("a").getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        assertThat(members()).isEmpty();
    }

    /** Until nobody has written meanwhile: the operator may. */
    private <T extends HasMetadata> void edit(Supplier<T> object, UnaryOperator<T> change) {
        eventually(() -> {
            try {
                api.client().resource(object.get()).edit(change);
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                return false;
            }
        });
    }

    private void suspend(boolean suspend) {
        edit(() -> agreement("a"), agreement -> {
            agreement.setSpec(Samples.spec("taylor", "orders-v1", suspend));
            return agreement;
        });
    }

    // ----

    private void suspendProduct(boolean suspend) {
        edit(this::product, product -> {
            product.setSpec(Samples.productSpec(null, suspend));
            // the API server counts them; the mock server may not
            product.getMetadata().setGeneration(product.getMetadata().getGeneration() + 1);
            return product;
        });
    }

    private java.util.Set<String> members() {
        return platform.members(port().getMetadata().getUid());
    }

    private static int active(OutputPort port) {
        return port.getStatus() == null ? -1 : port.getStatus().agreements().active();
    }

    private static int active(DataProduct product) {
        return product.getStatus() == null
                ? -1
                : product.getStatus().agreements().active();
    }

    private static void eventually(Callable<Boolean> what) {
        await().pollInterval(Duration.ofMillis(20)).until(what);
    }

    private DataUsageAgreement agreement(String name) {
        return api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }

    private OutputPort port() {
        return api.client()
                .resources(OutputPort.class)
                .inNamespace("checkout")
                .withName("orders-v1")
                .get();
    }

    private DataProduct product() {
        return api.client()
                .resources(DataProduct.class)
                .inNamespace("checkout")
                .withName("orders")
                .get();
    }

    private DataPlatform warehouse() {
        return api.client().resources(DataPlatform.class).withName("warehouse").get();
    }

    private List<ApiServer.Call> writes() {
        return api.calls().stream()
                .filter(call -> call.method().equals("PUT") || call.method().equals("PATCH"))
                .toList();
    }
}
