package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which agreements are asked about after comparisons, and for how long those that have ended are owed an answer. */
class WaySearchTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Scope PORT = new Scope.Ports(Set.of("port-1"));

    private static final Way BY_PUBLIC = new Way(false, "everybody has SELECT");
    private static final Way BY_ROLE = new Way(true, "taylor is a member of analysts");

    /** Half an hour after the statuses of the samples say that something ended. */
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final MemoryPlatform platform = new MemoryPlatform();
    private final AtomicLong nanos = new AtomicLong();
    private final Asks asks = new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), new TestClock());
    private final Comparison comparison =
            new Comparison(platform.module(), OWNER, new Brake(platform.module(), 3, Duration.ofMinutes(5)));
    private final PlatformSession session =
            platform.open(Samples.platformSpec("5m", null), OWNER, new Credentials("", "", Optional.empty()));
    private WaySearch search = process();

    private WaySearch process() {
        return new WaySearch(platform.module(), OWNER.platform(), nanos::get);
    }

    /** One comparison and what is found out after it, by agreement. */
    private Map<String, List<Way>> found(Scope scope) throws Exception {
        return found(scope, NOW);
    }

    private Map<String, List<Way>> found(Scope scope, Instant now) throws Exception {
        Comparison.Outcome outcome =
                comparison.run(session, Samples.platformSpec("5m", null), scope, asks.in(scope, "warehouse"), "", now);
        List<ReportFactory.Reported> reports = new ReportFactory(platform.module(), OWNER, outcome).reports();
        search.note(outcome, reports, now);
        return searched();
    }

    private Map<String, List<Way>> searched() {
        Map<String, List<Way>> found = new TreeMap<>();
        search.run(session).forEach(answer -> found.put(answer.question().ask().uid(), answer.ways()));
        return found;
    }

    private static DataUsageAgreement ended(String name, String user) {
        return Samples.suspended(
                Samples.withProvisioning(Samples.approved(name, user), ProvisioningStatus.Deprovisioned));
    }

    @Test
    void whatIsAgreedIsAskedAboutWithEachComparison() throws Exception {
        platform.letsRead("taylor", BY_PUBLIC, BY_ROLE);
        cluster.agreements.put(Samples.approved("a", "taylor"));
        cluster.agreements.put(Samples.approved("b", "quinn"));
        Map<String, List<Way>> ways = Map.of("a", List.of(BY_ROLE, BY_PUBLIC), "b", List.of());

        assertThat(found(EVERYTHING)).isEqualTo(ways);
        assertThat(search.due()).as("nothing is left to ask").isEmpty();
        assertThat(found(PORT)).isEqualTo(ways);
        assertThat(platform.searches()).isEqualTo(2);
    }

    @Test
    void whatHasEndedIsAskedAboutUntilNothingIsLeftToSay() throws Exception {
        found(EVERYTHING);
        cluster.agreements.put(Samples.suspended(Samples.provisioned("a", "taylor", "taylor")));
        cluster.agreements.put(Samples.approved("b", "quinn"));
        platform.letsRead("taylor", BY_PUBLIC);

        assertThat(found(EVERYTHING)).containsEntry("a", List.of(BY_PUBLIC));
        assertThat(platform.endedAskedFor()).isOne();

        cluster.agreements.put(ended("a", "taylor"));
        assertThat(found(EVERYTHING)).as("the status has had its answer").doesNotContainKey("a");

        cluster.agreements.put(Samples.conditioned(ended("a", "taylor"), "AccessRemains"));
        assertThat(found(EVERYTHING))
                .as("as long as it is said it is looked at")
                .containsEntry("a", List.of(BY_PUBLIC));
    }

    @Test
    void whatHasNotBeenTakenAwayYetIsNotSaidToBeGone() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        found(EVERYTHING);
        platform.cannotTakeFrom("taylor");
        cluster.agreements.put(Samples.suspended(Samples.provisioned("a", "taylor", "taylor")));

        assertThat(found(PORT)).isEmpty();
    }

    @Test
    void whatCouldNotBeFoundOutStopsNothingAndIsNotTriedAgainSoon() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        platform.hidesWays(true);

        assertThat(found(EVERYTHING)).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("taylor");
        found(EVERYTHING);
        assertThat(platform.searches()).isOne();
        assertThat(search.due()).contains(Duration.ofMinutes(1));
    }

    @Test
    void aMistakeInTheSearchIsLikeThat() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        platform.breaksWays();

        assertThat(found(EVERYTHING)).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("taylor");
    }

    @Test
    void whatHasEndedIsOwedAnAnswerUntilThereIsOne() throws Exception {
        found(EVERYTHING);
        cluster.agreements.put(Samples.suspended(Samples.provisioned("a", "taylor", "taylor")));
        platform.letsRead("taylor", BY_PUBLIC);
        platform.hidesWays(true);
        assertThat(found(EVERYTHING)).isEmpty();
        cluster.agreements.put(ended("a", "taylor"));
        platform.hidesWays(false);
        assertThat(found(EVERYTHING)).as("not so soon").isEmpty();

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(searched()).isEqualTo(Map.of("a", List.of(BY_PUBLIC)));
        assertThat(found(EVERYTHING)).as("the report keeps it").isEmpty();
    }

    @Test
    void theNextProcessOwesItToo() throws Exception {
        found(EVERYTHING);
        cluster.agreements.put(Samples.suspended(Samples.provisioned("a", "taylor", "taylor")));
        platform.letsRead("taylor", BY_PUBLIC);
        platform.hidesWays(true);
        found(EVERYTHING);
        cluster.agreements.put(ended("a", "taylor"));
        platform.hidesWays(false);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        search = process();

        assertThat(found(EVERYTHING)).isEqualTo(Map.of("a", List.of(BY_PUBLIC)));
        assertThat(found(EVERYTHING)).as("once").isEmpty();
    }

    @Test
    void notWhatEndedLongAgo() throws Exception {
        cluster.agreements.put(ended("a", "taylor"));

        assertThat(found(EVERYTHING, NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void aDeletedAgreementHasItsAnswerAlsoWhenItIsGone() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        found(EVERYTHING);
        platform.letsRead("taylor", BY_PUBLIC);
        platform.hidesWays(true);
        DataUsageAgreement deleting =
                cluster.agreements.put(Samples.deleting(Samples.provisioned("a", "taylor", "taylor")));
        assertThat(found(PORT)).isEmpty();
        cluster.agreements.remove(deleting);
        platform.hidesWays(false);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(found(EVERYTHING)).isEqualTo(Map.of("a", List.of(BY_PUBLIC)));
        assertThat(found(EVERYTHING)).isEmpty();
    }

    @Test
    void aDeletedAgreementIsAskedAboutOnceHoweverLongItIsThere() throws Exception {
        cluster.agreements.put(Samples.deleting(Samples.provisioned("a", "taylor", "taylor")));
        platform.letsRead("taylor", BY_PUBLIC);

        assertThat(found(EVERYTHING)).containsKey("a");
        assertThat(found(PORT)).isEmpty();
        assertThat(found(EVERYTHING)).isEmpty();
    }

    @Test
    void manyAreAskedAboutInPiecesAndWhatHasEndedFirst() throws Exception {
        OtherWays few = new OtherWays(platform.module(), 2);
        cluster.agreements.put(Samples.approved("a", "taylor"));
        cluster.agreements.put(Samples.approved("b", "quinn"));
        cluster.agreements.put(Samples.suspended(Samples.provisioned("c", "robin", "robin")));
        Comparison.Outcome outcome = comparison.run(
                session, Samples.platformSpec("5m", null), EVERYTHING, asks.in(EVERYTHING, "warehouse"), "", NOW);
        few.note(outcome, new ReportFactory(platform.module(), OWNER, outcome).reports(), NOW);

        OtherWays.Piece first = few.next();
        assertThat(first.ended()).hasSize(1);
        assertThat(first.agreed()).hasSize(1);
        assertThat(few.isEmpty()).isFalse();
        assertThat(few.next().agreed()).hasSize(1);
        assertThat(few.isEmpty()).isTrue();
    }

    @Test
    void noMoreDeletedAgreementsAreRememberedThanThereIsRoomFor() throws Exception {
        OtherWays ways = new OtherWays(platform.module());
        for (int i = 0; i <= OtherWays.MOST_DELETED; i++) {
            cluster.agreements.put(Samples.deleting(Samples.provisioned("a" + i, "taylor", "taylor")));
        }
        Comparison.Outcome outcome = comparison.run(
                session, Samples.platformSpec("5m", null), EVERYTHING, asks.in(EVERYTHING, "warehouse"), "", NOW);
        ways.note(outcome, new ReportFactory(platform.module(), OWNER, outcome).reports(), NOW);

        assertThat(ways.next().questions()).hasSize(OtherWays.MOST_DELETED);
    }
}
