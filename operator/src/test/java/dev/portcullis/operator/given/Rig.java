package dev.portcullis.operator.given;

import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.agreement.AgreementReconciler;
import dev.portcullis.operator.grant.Asks;
import dev.portcullis.operator.grant.CredentialsReader;
import dev.portcullis.operator.grant.GrantLoops;
import dev.portcullis.operator.grant.GrantReports;
import dev.portcullis.operator.grant.PlatformState;
import dev.portcullis.operator.policy.PoliciesThere;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.text.TextStore;
import dev.portcullis.operator.watch.ApiHistory;
import dev.portcullis.operator.watch.WatchPace;
import dev.portcullis.operator.watch.Watchdog;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Gate;
import dev.portcullis.platform.PlatformConnector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All that reconcilers are made of, with caches and a platform in memory and a mock server to write to. */
public final class Rig implements AutoCloseable {
    public final ApiServer api = new ApiServer();
    public final Contexts contexts = new Contexts(api.client());
    public final MemoryCluster cluster = MemoryCluster.standard();
    public final MemoryPlatform platform = new MemoryPlatform();
    public final TestClock clock = new TestClock();
    public final Gate gate = new Gate();
    public final EventRecorder events = new EventRecorder(api.client(), clock);
    public final PoliciesThere policies = new PoliciesThere(cluster.caches(), api.client());
    public final TextStore texts = new TextStore(api.client(), "portcullis-system", clock);
    public final OwnStatuses statuses = new OwnStatuses();
    public final GrantReports reports = new GrantReports();
    public final AgreementEngine engine = cluster.engine();
    public final Consequences consequences = new Consequences(cluster.caches());
    public final Asks asks = new Asks(cluster.caches(), engine, statuses, clock);
    public final Watchdog watches = new Watchdog(
            cluster.caches().watched(Set.of()),
            new ApiHistory(api.client()),
            kind -> false,
            () -> true,
            WatchPace.STANDARD,
            clock);
    public final GrantLoops loops;

    public Rig() {
        this(Optional.empty());
    }

    /** With another platform in the place of the one that answers at once. */
    public Rig(PlatformConnector other) {
        this(Optional.of(other));
    }

    private Rig(Optional<PlatformConnector> other) {
        loops = new GrantLoops(
                "test",
                List.of(other.orElse(platform)),
                new CredentialsReader(api.client()),
                cluster.caches(),
                asks,
                reports,
                events,
                clock);
        gate.open();
        api.createWarehouseSecret();
        api.forgetCalls();
    }

    /** What reconciles agreements. */
    public AgreementReconciler agreements(Supplier<Guard> guard) {
        return new AgreementReconciler(
                cluster.caches(),
                consequences,
                gate,
                engine,
                guard,
                asks,
                loops,
                reports,
                statuses,
                events,
                policies,
                texts,
                clock);
    }

    /** Runs the loop of the platform and returns when it has compared everything. */
    public Rig running(DataPlatform object) {
        loops.run(object);
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> state().isCompared() && state().outage().isEmpty());
        return this;
    }

    public Rig running() {
        return running(Samples.platform("warehouse"));
    }

    public PlatformState state() {
        return loops.state("warehouse").orElseThrow();
    }

    /** What the watch would do: shows in the caches what the server has. */
    public DataUsageAgreement watched(String name) {
        DataUsageAgreement now = api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
        return cluster.agreements.put(now);
    }

    /** On the server and in the caches. */
    public DataUsageAgreement there(DataUsageAgreement agreement) {
        api.create(agreement);
        DataUsageAgreement created = watched(agreement.getMetadata().getName());
        api.forgetCalls();
        return created;
    }

    /** Without the calls of the grant loop and of the tests themselves. */
    public List<ApiServer.Call> writes() {
        return api.calls().stream()
                .filter(call -> call.method().equals("PUT") || call.method().equals("PATCH"))
                .toList();
    }

    public static <T extends HasMetadata> T generation(T object, long generation) {
        object.getMetadata().setGeneration(generation);
        return object;
    }

    @Override
    public void close() {
        events.close();
        loops.close();
        api.close();
    }
}
