package dev.portcullis.operator.metrics;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.grant.PlatformState;
import dev.portcullis.operator.watch.Watchdog;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an operator that works measures, from its caches. Labels are phases, kinds and the names of DataPlatforms, which the platform team writes: no tenant
 * can make them more.
 */
public final class Measurements {
    private final Supplier<Stream<DataUsageAgreement>> agreements;
    private final Supplier<Map<String, PlatformState>> platforms;
    private final Supplier<Guard> guard;
    private final Watchdog watches;
    private final Clock clock;

    public Measurements(
            Supplier<Stream<DataUsageAgreement>> agreements,
            Supplier<Map<String, PlatformState>> platforms,
            Supplier<Guard> guard,
            Watchdog watches,
            Clock clock) {
        this.agreements = agreements;
        this.platforms = platforms;
        this.guard = guard;
        this.watches = watches;
        this.clock = clock;
    }

    /** Whether this process is the one that works; told also by those who wait. */
    public static MetricSnapshot leader(boolean leads) {
        return gauge(
                "portcullis_leader",
                "1 in the operator that works, 0 in those that wait for its Lease.",
                List.of(point(Labels.EMPTY, leads ? 1 : 0)));
    }

    public List<MetricSnapshot> all() {
        AgreementTally tally = AgreementTally.of(agreements.get(), clock.instant());
        Map<String, PlatformState> states = platforms.get();
        return List.of(
                gauge(
                        "portcullis_agreements",
                        "Agreements by phase.",
                        tally.byPhase().entrySet().stream()
                                .map(one ->
                                        point(Labels.of("phase", one.getKey().name()), one.getValue()))
                                .toList()),
                gauge(
                        "portcullis_agreements_unseen",
                        "Agreements that have no status yet.",
                        List.of(point(Labels.EMPTY, tally.unseen()))),
                gauge(
                        "portcullis_agreements_ended_with_access",
                        "Agreements that give no access any more (expired, revoked, cancelled, suspended), whose access is not known to be gone from the platform.",
                        endedWithAccess(states.keySet(), tally.endedWithAccess())),
                gauge(
                        "portcullis_requests_oldest_age_seconds",
                        "Age of the request that has waited longest for its decision; 0: none waits.",
                        List.of(point(
                                Labels.EMPTY, (double) tally.oldestWaiting().toSeconds()))),
                gauge(
                        "portcullis_platform_up",
                        "1 where the platform could be used when it was last tried.",
                        byPlatform(states, (name, state) -> state.outage().isEmpty() ? 1 : 0)),
                gauge(
                        "portcullis_platform_compared_timestamp_seconds",
                        "When everything on the platform was last compared with what agreements ask.",
                        byPlatform(
                                states,
                                (name, state) -> state.lastFullComparison()
                                        .map(time -> time.toEpochMilli() / 1000.0)
                                        .orElse(0.0))),
                gauge(
                        "portcullis_entitlements",
                        "Entitlements that the platform holds.",
                        byPlatform(states, (name, state) -> state.entitlements())),
                gauge(
                        "portcullis_removals_held",
                        "Entitlements that nobody asks for and that are not taken away before somebody confirms.",
                        byPlatform(
                                states, (name, state) -> state.held().holdings().size())),
                drift(states),
                renewed(watches.renewed()),
                gauge(
                        "portcullis_watches_compared_timestamp_seconds",
                        "When it was last known of all watches whether they miss something.",
                        List.of(point(Labels.EMPTY, watches.lookedAt().toEpochMilli() / 1000.0))),
                gauge(
                        "portcullis_decisions_unguarded",
                        "1 while the admission policies are not whole, and no decision of a person is taken.",
                        List.of(point(Labels.EMPTY, guard.get() instanceof Guard.Whole ? 0 : 1))));
    }

    /** Also of platforms that are gone: their names are from statuses, which the operator alone writes. */
    private static List<GaugeDataPointSnapshot> endedWithAccess(Set<String> platforms, Map<String, Integer> ended) {
        Map<String, Integer> all = new TreeMap<>(ended);
        platforms.forEach(platform -> all.putIfAbsent(platform, 0));
        return all.entrySet().stream()
                .map(one -> point(Labels.of("platform", one.getKey()), one.getValue()))
                .toList();
    }

    private static MetricSnapshot drift(Map<String, PlatformState> states) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder()
                .name("portcullis_drift_repaired")
                .help(
                        "Entitlements that somebody else took away or gave, put right since the operator began with the platform.");
        states.forEach((name, state) -> {
            builder.dataPoint(repaired(name, "missing", state.repairedMissing()));
            builder.dataPoint(repaired(name, "extra", state.repairedExtra()));
        });
        return builder.build();
    }

    private static MetricSnapshot renewed(Map<String, Integer> kinds) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder()
                .name("portcullis_watches_renewed")
                .help("How often a watch was begun anew as it missed something.");
        kinds.forEach((kind, count) -> builder.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of("kind", kind))
                .value(count)
                .build()));
        return builder.build();
    }

    private static CounterDataPointSnapshot repaired(String platform, String kind, int count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("platform", platform, "kind", kind))
                .value(count)
                .build();
    }

    private interface OfPlatform {
        double value(String name, PlatformState state);
    }

    private static List<GaugeDataPointSnapshot> byPlatform(Map<String, PlatformState> states, OfPlatform measure) {
        return states.entrySet().stream()
                .map(one -> point(Labels.of("platform", one.getKey()), measure.value(one.getKey(), one.getValue())))
                .toList();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static MetricSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(builder::dataPoint);
        return builder.build();
    }
}
