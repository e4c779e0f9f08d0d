package dev.portcullis.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<DataUsageAgreement> agreements = new ArrayList<>();
    private Guard guard = new Guard.Whole(NOW);

    @Test
    void aQuietInstallationRaisesNoAlarm() {
        try (Rig rig = new Rig().running()) {
            agreements.add(Samples.provisioned("a", "taylor", "taylor"));

            assertThat(page(rig))
                    .contains("portcullis_agreements{phase=\"Active\"} 1.0")
                    .contains("portcullis_agreements{phase=\"Expired\"} 0.0")
                    .contains("portcullis_agreements_ended_with_access{platform=\"warehouse\"} 0.0")
                    .contains("portcullis_requests_oldest_age_seconds 0.0")
                    .contains("portcullis_platform_up{platform=\"warehouse\"} 1.0")
                    .contains("portcullis_platform_compared_timestamp_seconds{platform=\"warehouse\"} ")
                    .contains("portcullis_entitlements{platform=\"warehouse\"} 0.0")
                    .contains("portcullis_removals_held{platform=\"warehouse\"} 0.0")
                    .contains("portcullis_drift_repaired_total{kind=\"missing\",platform=\"warehouse\"} 0.0")
                    .contains("portcullis_drift_repaired_total{kind=\"extra\",platform=\"warehouse\"} 0.0")
                    .contains("portcullis_decisions_unguarded 0.0");
        }
    }

    @Test
    void whatEndedAndStillHasAccessShowsAlsoByTheClockAlone() {
        try (Rig rig = new Rig().running()) {
            String end = "2026-11-21T00:00:00Z";
            DataUsageAgreement told = Samples.provisioned("told", "taylor", "taylor");
            agreements.add(Samples.expired(told, end));
            DataUsageAgreement untold = Samples.provisioned("untold", "quinn", "quinn");
            DataUsageAgreementStatus status = untold.getStatus();
            untold.setStatus(new DataUsageAgreementStatus(
                    1L,
                    Phase.Active,
                    null,
                    status.approval(),
                    true,
                    status.provisioning(),
                    status.snapshot(),
                    List.of(),
                    List.of(),
                    end,
                    null));
            agreements.add(untold);
            agreements.add(Samples.expired(
                    Samples.withProvisioning(Samples.approved("gone", "robin"), ProvisioningStatus.Deprovisioned),
                    end));

            assertThat(page(rig)).contains("portcullis_agreements_ended_with_access{platform=\"warehouse\"} 2.0");
        }
    }

    /** Nobody can revoke there, which is the more reason to say so. */
    @Test
    void whatEndedOnAPlatformThatIsGoneShows() {
        try (Rig rig = new Rig()) {
            agreements.add(Samples.expired(Samples.provisioned("a", "taylor", "taylor"), "2026-11-21T00:00:00Z"));

            assertThat(rig.loops.states()).isEmpty();
            assertThat(page(rig))
                    .contains("portcullis_agreements_ended_with_access{platform=\"warehouse\"} 1.0")
                    .doesNotContain("portcullis_platform_up{");
        }
    }

    @Test
    void theOldestRequestAndThoseNotSeenYetShow() {
        try (Rig rig = new Rig().running()) {
            agreements.add(Samples.request("unseen", "taylor"));
            agreements.add(waiting("young", NOW.minus(Duration.ofMinutes(1))));
            agreements.add(waiting("old", NOW.minus(Duration.ofHours(2))));

            assertThat(page(rig))
                    .contains("portcullis_agreements_unseen 1.0")
                    .contains("portcullis_agreements{phase=\"Requested\"} 2.0")
                    .contains("portcullis_requests_oldest_age_seconds 7200.0");
        }
    }

    @Test
    void aBrokenGuardShows() {
        guard = new Guard.Broken("gone");
        try (Rig rig = new Rig().running()) {
            assertThat(page(rig)).contains("portcullis_decisions_unguarded 1.0");
        }
    }

    @Test
    void theWatchesThatWereBegunAnewShow() {
        try (Rig rig = new Rig().running()) {
            assertThat(page(rig))
                    .contains("portcullis_watches_renewed_total{kind=\"datausageagreements.portcullis.dev\"} 0.0")
                    .contains("portcullis_watches_compared_timestamp_seconds " + NOW.getEpochSecond() / 1e9 + "E9");
        }
    }

    @Test
    void whoAsksOftenGetsTheSamePage() {
        AtomicInteger made = new AtomicInteger();
        AtomicLong nanos = new AtomicLong(-5);
        MetricsPage page = new MetricsPage(
                () -> {
                    made.incrementAndGet();
                    return new MetricSnapshots(List.<MetricSnapshot>of(Measurements.leader(true)));
                },
                nanos::get);

        assertThat(new String(page.get(), StandardCharsets.UTF_8)).contains("portcullis_leader 1.0");
        page.get();
        assertThat(made).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        page.get();
        assertThat(made).hasValue(2);
    }

    private String page(Rig rig) {
        Measurements measurements =
                new Measurements(agreements::stream, rig.loops::states, () -> guard, rig.watches, rig.clock);
        return new String(
                new MetricsPage(() -> new MetricSnapshots(measurements.all()), System::nanoTime).get(),
                StandardCharsets.UTF_8);
    }

    private static DataUsageAgreement waiting(String name, Instant since) {
        DataUsageAgreement agreement = Samples.request(name, "taylor");
        agreement.getMetadata().setCreationTimestamp(since.toString());
        agreement.setStatus(Samples.status(
                new Approval(ApprovalStatus.Requested, Workflow.Manual, "manual", List.of(), List.of(), null),
                Phase.Requested,
                null,
                Samples.snapshot("port-1")));
        return agreement;
    }
}
