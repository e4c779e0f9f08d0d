package dev.portcullis.operator;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyCheck;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.engine.time.Warnings;
import dev.portcullis.operator.agreement.AgreementReconciler;
import dev.portcullis.operator.decision.DecisionReconciler;
import dev.portcullis.operator.external.AccessGrantWatch;
import dev.portcullis.operator.grant.Asks;
import dev.portcullis.operator.grant.CredentialsReader;
import dev.portcullis.operator.grant.GrantLoops;
import dev.portcullis.operator.grant.GrantReports;
import dev.portcullis.operator.guard.GuardWatch;
import dev.portcullis.operator.guard.ShippedPolicies;
import dev.portcullis.operator.metrics.Measurements;
import dev.portcullis.operator.platform.DataPlatformReconciler;
import dev.portcullis.operator.platform.DataPlatformStatusFactory;
import dev.portcullis.operator.policy.PoliciesThere;
import dev.portcullis.operator.policy.PolicyReconciler;
import dev.portcullis.operator.port.OutputPortReconciler;
import dev.portcullis.operator.port.OutputPortStatusFactory;
import dev.portcullis.operator.product.DataProductReconciler;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.report.LatestAgain;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.team.TeamReconciler;
import dev.portcullis.operator.text.TextStore;
import dev.portcullis.operator.time.ClockWatch;
import dev.portcullis.operator.time.ServerClock;
import dev.portcullis.operator.watch.ApiHistory;
import dev.portcullis.operator.watch.Renewal;
import dev.portcullis.operator.watch.WatchPace;
import dev.portcullis.operator.watch.Watchdog;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Counts;
import dev.portcullis.operator.world.Gate;
import dev.portcullis.operator.world.NamespaceLabels;
import dev.portcullis.platform.PlatformConnector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The operator as a whole: its parts and the order in which they start and stop. */
public final class PortcullisOperator implements Work {
    private final Gate gate = new Gate();
    private final Clock clock;
    private final NamespaceLabels namespaces;
    private final Caches caches;
    private final OwnStatuses statuses = new OwnStatuses();
    private final Controllers controllers;
    private final GuardWatch guard;
    private final GrantLoops loops;
    private final EventRecorder events;
    private final AccessGrantWatch grants;
    private final Measurements measurements;
    private final Watchdog watchdog;
    private final ExecutorService tellingOfClocks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "clocks");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param client used for everything; closed by whoever made it
     * @param namespace the operator's own, where it keeps texts
     * @param installation marks the grants on every platform
     */
    public PortcullisOperator(
            KubernetesClient client,
            String namespace,
            String installation,
            List<PlatformConnector> connectors,
            Clock clock) {
        this(
                client,
                namespace,
                installation,
                connectors,
                clock,
                new ServerClock(System::nanoTime),
                Warnings.STANDARD,
                Set.of(),
                kind -> false,
                WatchPace.STANDARD);
    }

    /**
     * @param client used for everything; closed by whoever made it
     * @param namespace the operator's own
     * @param installation marks the grants on every platform
     * @param server what the client's answers tell of the API server's clock
     * @param warnings when people are warned before something ends
     * @param watched the namespaces whose objects are looked at; none: all
     * @param renewal begins the client's watches anew
     * @param pace how soon a watch is noticed that misses something
     */
    public PortcullisOperator(
            KubernetesClient client,
            String namespace,
            String installation,
            List<PlatformConnector> connectors,
            Clock clock,
            ServerClock server,
            Warnings warnings,
            Set<String> watched,
            Renewal renewal,
            WatchPace pace) {
        this.clock = clock;
        namespaces = new NamespaceLabels(client, this::labelsChanged);
        caches = new Caches(namespaces::of);
        Consequences consequences = new Consequences(caches);
        Counts counts = new Counts(caches, statuses);
        PlatformModules modules = new PlatformModules(
                connectors.stream().map(PlatformConnector::module).toList());
        PrincipalExpressions expressions = new PrincipalExpressions();
        PolicyExpressions policyExpressions = new PolicyExpressions();
        AgreementEngine engine =
                new AgreementEngine(caches, modules, new PrincipalMapper(expressions), policyExpressions, warnings);
        ClockWatch clocks = new ClockWatch(clock, server, tellingOfClocks, () -> {
            if (gate.isOpen()) {
                consequences.ofClocks();
            }
        });
        OfferLookup offers = new OfferLookup(caches, modules);
        Asks asks = new Asks(caches, engine, statuses, clocks);
        GrantReports reports = new GrantReports();

        guard = new GuardWatch(client, new ShippedPolicies(), () -> {
            if (gate.isOpen()) {
                consequences.ofGuard();
            }
        });
        events = new EventRecorder(client, clock);
        loops = new GrantLoops(
                installation, connectors, new CredentialsReader(client), caches, asks, reports, events, clock);
        grants = new AccessGrantWatch(client, loops::mark);
        watchdog = new Watchdog(
                Stream.of(caches.watched(watched), guard.watched(), List.of(namespaces.watched()))
                        .flatMap(List::stream)
                        .toList(),
                new ApiHistory(client),
                renewal,
                this::areWatchesOpen,
                pace,
                clock);
        measurements = new Measurements(caches::allAgreements, loops::states, guard::guard, watchdog, clock);
        controllers = new Controllers(client);
        controllers.register(new TeamReconciler(caches, consequences, gate, clock));
        controllers.register(
                watched,
                new DecisionReconciler(
                        caches,
                        gate,
                        new FateJudge(caches, offers, new PrincipalMapper(expressions)),
                        guard::guard,
                        statuses,
                        clocks));
        controllers.register(
                new PolicyReconciler(caches, consequences, gate, new PolicyCheck(policyExpressions), clock, events));
        controllers.register(new DataPlatformReconciler(
                caches,
                consequences,
                gate,
                loops,
                new DataPlatformStatusFactory(caches, loops, expressions, clocks),
                events));
        controllers.register(watched, new DataProductReconciler(caches, consequences, counts, gate, clock, events));
        controllers.register(
                watched,
                new OutputPortReconciler(
                        caches,
                        consequences,
                        gate,
                        loops,
                        new OutputPortStatusFactory(offers, new TeamResolver(caches), loops::objectsOf, counts, clock),
                        events));
        controllers.register(
                watched,
                new AgreementReconciler(
                        caches,
                        consequences,
                        gate,
                        engine,
                        guard::guard,
                        asks,
                        loops,
                        reports,
                        statuses,
                        events,
                        new PoliciesThere(caches, client),
                        new TextStore(client, namespace, clock),
                        clocks));
    }

    /** Returns when every cache has seen everything and the work has begun, or will never begin as the end was asked for. */
    @Override
    public boolean start() {
        guard.start();
        namespaces.start();
        controllers.start();
        grants.start();
        caches.index();
        List<DataUsageAgreement> found = caches.allAgreements().toList();
        statuses.seed(found.stream());
        LatestAgain.tell(found, caches.allDecisions().toList(), clock.instant());
        if (!gate.open()) {
            return false;
        }
        watchdog.start();
        return true;
    }

    private void labelsChanged() {
        if (gate.isOpen()) {
            new Consequences(caches).ofPolicies();
        }
    }

    @Override
    public boolean isLive() {
        return loops.areAlive() && watchdog.isLive();
    }

    /** Once it has seen everything; before, nothing. */
    @Override
    public List<MetricSnapshot> metrics() {
        return gate.isOpen() ? measurements.all() : List.of();
    }

    @Override
    public boolean isReady() {
        return gate.isOpen() && areWatchesOpen();
    }

    /** As they say themselves. */
    boolean areWatchesOpen() {
        return controllers.areWatchesOpen() && guard.isWatching();
    }

    /** Takes no new work, ends what is under way, and goes. A start that is under way opens no gate any more, so that nothing begins afterwards. */
    @Override
    public void close() {
        gate.shut();
        watchdog.close();
        // while the caches are whole: a loop compares what they say with what the platform has
        loops.close();
        caches.close();
        controllers.stop();
        namespaces.close();
        grants.close();
        guard.close();
        events.close();
        tellingOfClocks.shutdownNow();
    }
}
