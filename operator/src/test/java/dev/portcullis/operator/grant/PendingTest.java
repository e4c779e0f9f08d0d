package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.AclPlatform;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comparisons with a platform that answers later, and takes only so much at a time. */
class PendingTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Scope PORT = new Scope.Ports(Set.of("port-1"));

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final TestClock clock = new TestClock();
    private final AclPlatform platform = new AclPlatform(clock);
    private final Comparison comparison =
            new Comparison(platform.module(), OWNER, new Brake(platform.module(), 50, Duration.ofMinutes(5)));
    private final Asks asks = new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), clock);

    @Test
    void whatIsUnderWayIsNeitherHeldNorATrouble() throws Exception {
        platform.takes(Duration.ofMinutes(10));
        cluster.agreements.put(Samples.approved("a", "taylor"));

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(report(outcome, "a").held()).isEmpty();
        assertThat(report(outcome, "a").troubles()).isEmpty();
        assertThat(report(outcome, "a").waits()).containsExactly("the platform is granting to taylor");
        assertThat(outcome.troubledPorts()).isEmpty();
        assertThat(outcome.waits().ports()).containsExactly("port-1");
    }

    @Test
    void whatIsUnderWayIsNotAskedOnceMoreAndSaysTheSame() throws Exception {
        platform.takes(Duration.ofMinutes(10));
        cluster.agreements.put(Samples.approved("a", "taylor"));
        GrantReport first = report(compare(EVERYTHING), "a");

        clock.later(Duration.ofMinutes(9));

        assertThat(report(compare(PORT), "a")).isEqualTo(first);
        assertThat(platform.executions()).isOne();
    }

    @Test
    void theAnswerIsReadBackWhenItComes() throws Exception {
        platform.takes(Duration.ofMinutes(10));
        cluster.agreements.put(Samples.approved("a", "taylor"));
        compare(EVERYTHING);

        clock.later(Duration.ofMinutes(10));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(report(outcome, "a").held()).containsExactly(new Principal("taylor"));
        assertThat(report(outcome, "a").waits()).isEmpty();
        assertThat(outcome.waits().ports()).isEmpty();
    }

    @Test
    void whatComesBetweenTwoComparisonsIsCounted() throws Exception {
        platform.takes(Duration.ofMinutes(10));
        DataUsageAgreement agreement = cluster.agreements.put(Samples.approved("a", "taylor"));
        Counts counts = Counts.NONE.next(compare(EVERYTHING));
        assertThat(counts.total()).isZero();
        clock.later(Duration.ofMinutes(10));
        counts = counts.next(compare(PORT));
        assertThat(counts.total()).isOne();
        cluster.agreements.put(Samples.deleting(agreement));
        counts = counts.next(compare(PORT));
        assertThat(counts.total()).isOne();

        clock.later(Duration.ofMinutes(10));

        assertThat(counts.next(compare(PORT)).total()).isZero();
    }

    @Test
    void aRevokeUnderWayIsNotGone() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.takes(Duration.ofMinutes(10));
        cluster.agreements.put(Samples.deleting(agreement));

        GrantReport report = report(compare(PORT), "a");

        assertThat(report.isGone()).isFalse();
        assertThat(report.troubles()).isEmpty();
        assertThat(report.waits()).containsExactly("the platform is taking the access from taylor");
        clock.later(Duration.ofMinutes(10));
        assertThat(report(compare(PORT), "a").isGone()).isTrue();
        assertThat(platform.members()).isEmpty();
    }

    /** It comes true after nobody wants it any more: whoever is told before that it is gone has been told wrong. */
    @Test
    void aGrantUnderWayThatNobodyWantsAnyMoreIsNotGoneBeforeItCameAndWent() throws Exception {
        platform.takes(Duration.ofMinutes(10));
        DataUsageAgreement agreement = cluster.agreements.put(Samples.approved("a", "taylor"));
        compare(EVERYTHING);
        cluster.agreements.put(Samples.deleting(agreement));

        assertThat(report(compare(PORT), "a").waits())
                .containsExactly("the platform cannot take back before it has granted to taylor");
        clock.later(Duration.ofMinutes(10));
        assertThat(platform.members()).containsExactly("taylor");
        assertThat(report(compare(PORT), "a").isGone()).isFalse();
        clock.later(Duration.ofMinutes(10));

        assertThat(report(compare(PORT), "a").isGone()).isTrue();
        assertThat(platform.members()).isEmpty();
    }

    @Test
    void whatWasLostIsAskedForAgainAndCountedAsMended() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.takes(Duration.ofMinutes(10)).loses("taylor");

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(Drift.of(outcome).missing()).hasSize(1);
        assertThat(report(outcome, "a").waits()).containsExactly("the platform is granting to taylor");
    }

    @Test
    void aThrottledPlatformGetsEverythingInTheEnd() throws Exception {
        platform.takesAtMost(3);
        IntStream.range(0, 10).forEach(i -> cluster.agreements.put(Samples.approved("a" + i, "user" + i)));

        Comparison.Outcome first = compare(EVERYTHING);

        assertThat(platform.members()).hasSize(3);
        assertThat(first.troubledPorts()).as("nothing failed").isEmpty();
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> report(first, "a" + i))
                        .flatMap(report -> report.troubles().stream())
                        .map(Problem::reason))
                .isEmpty();
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i -> report(first, "a" + i))
                        .filter(report -> report.waits().equals(List.of("the platform takes no more changes now"))))
                .hasSize(7);
        for (int i = 0; i < 3; i++) {
            compare(PORT);
        }
        assertThat(platform.members()).hasSize(10);
        assertThat(compare(EVERYTHING).waits().ports()).isEmpty();
    }

    @Test
    void aThrottledPlatformIsAskedForTheRevokesFirst() throws Exception {
        List<DataUsageAgreement> ending = IntStream.range(0, 4)
                .mapToObj(i -> cluster.agreements.put(Samples.provisioned("z" + i, "zoe" + i, "zoe" + i)))
                .toList();
        compare(EVERYTHING);
        ending.forEach(agreement -> cluster.agreements.put(Samples.suspended(agreement)));
        IntStream.range(0, 4).forEach(i -> cluster.agreements.put(Samples.approved("a" + i, "ann" + i)));
        platform.takesAtMost(3);

        compare(EVERYTHING);
        compare(PORT);
        compare(PORT);

        assertThat(platform.done().subList(4, 12))
                .extracting(job -> job.substring(0, 9))
                .containsExactly(
                        "disallow ",
                        "disallow ",
                        "disallow ",
                        "disallow ",
                        "allow ann",
                        "allow ann",
                        "allow ann",
                        "allow ann");
    }

    @Test
    void aRevokePutOffGoesBeforeWhatIsAskedLaterOnAnotherPort() throws Exception {
        cluster.ports.put(Samples.port("stock-v1", "port-2"));
        DataUsageAgreement a = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        DataUsageAgreement b = cluster.agreements.put(Samples.provisioned("b", "quinn", "quinn"));
        compare(EVERYTHING);
        platform.takesAtMost(1);
        cluster.agreements.put(Samples.suspended(a));
        cluster.agreements.put(Samples.suspended(b));
        Pace pace = new Pace(System::nanoTime);
        pace.next(PORT, compare(PORT).waits());

        Scope marked = new Scope.Ports(Set.of("port-2"));

        assertThat(pace.withRevokesPutOff(marked)).isEqualTo(new Scope.Ports(Set.of("port-1", "port-2")));
        pace.next(PORT, compare(PORT).waits());
        assertThat(platform.members()).isEmpty();
        assertThat(pace.withRevokesPutOff(marked)).isEqualTo(marked);
    }

    @Test
    void aPlanIsAFunctionOfItsArgumentsAndReadsAsSentences() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        cluster.agreements.put(Samples.suspended(agreement));
        cluster.agreements.put(Samples.approved("b", "quinn"));
        Comparison.Outcome outcome = compare(PORT);
        Wanted wanted =
                new Wanted(OWNER, PORT, outcome.wanted(), Set.of(), dev.portcullis.api.platform.Drift.Unmanaged.Remove);
        int executed = platform.executions();
        int observed = platform.observations();

        Plan plan = platform.module().plan(wanted, outcome.before());

        assertThat(platform.module().plan(wanted, outcome.before()))
                .isEqualTo(plan)
                .isEqualTo(outcome.plan());
        assertThat(plan.changes())
                .extracting(Change::describe)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("disallow taylor"),
                        one -> assertThat(one).startsWith("allow quinn"));
        assertThat(platform.executions()).isEqualTo(executed);
        assertThat(platform.observations()).isEqualTo(observed);
    }

    // ----

    private Comparison.Outcome compare(Scope scope) throws Exception {
        try (PlatformSession session =
                platform.open(Samples.platformSpec("5m", null), OWNER, new Credentials("u", "p", Optional.empty()))) {
            return comparison.run(
                    session, Samples.platformSpec("5m", null), scope, asks.in(scope, "warehouse"), "", clock.instant());
        }
    }

    private GrantReport report(Comparison.Outcome outcome, String uid) {
        Ask ask = outcome.asks().stream()
                .filter(one -> one.uid().equals(uid))
                .findFirst()
                .orElseThrow();
        return new ReportFactory(platform.module(), OWNER, outcome).report(ask);
    }
}
