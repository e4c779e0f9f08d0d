package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions end after the access has, once, and also where a process died in between. */
class EndedSessionsTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final Scope PORT = new Scope.Ports(Set.of("port-1"));
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final MemoryPlatform platform = new MemoryPlatform();
    private final Asks asks = new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), new TestClock());
    private Comparison comparison = process();
    private DataUsageAgreement taylors = Samples.provisioned("a", "taylor", "taylor");

    private Comparison process() {
        return new Comparison(platform.module(), OWNER, new Brake(platform.module(), 50, Duration.ofMinutes(5)));
    }

    @BeforeEach
    void grantToTaylorAndQuinn() throws Exception {
        cluster.agreements.put(taylors);
        cluster.agreements.put(Samples.provisioned("b", "quinn", "quinn"));
        compare();
        platform.connects("taylor");
        platform.connects("quinn");
    }

    private Comparison.Outcome compare() throws PlatformUnavailableException {
        DataPlatformSpec ending = Samples.endingSessions(Samples.platformSpec("5m", null));
        var session = platform.open(ending, OWNER, new Credentials("", "", Optional.empty()));
        return comparison.run(session, ending, PORT, asks.in(PORT, "warehouse"), "", NOW);
    }

    private static GrantReport report(Comparison.Outcome outcome, MemoryPlatform platform) {
        Ask ask = outcome.asks().stream()
                .filter(one -> one.uid().equals("a"))
                .findFirst()
                .orElseThrow();
        return new ReportFactory(platform.module(), OWNER, outcome).report(ask);
    }

    private void suspend() {
        taylors = cluster.agreements.put(Samples.suspended(taylors));
    }

    @Test
    void whoLosesAccessIsDisconnectedOnce() throws Exception {
        suspend();

        GrantReport report = report(compare(), platform);

        assertThat(platform.disconnected()).containsExactly("taylor");
        assertThat(report.troubles()).isEmpty();
        assertThat(report.notes()).isEmpty();

        // back at once, while the status is still to be written
        platform.connects("taylor");
        compare();
        compare();
        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void whatWasLostInBetweenIsMadeUpFor() throws Exception {
        suspend();
        platform.diesBeforeSessions(true);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        assertThat(platform.members("port-1")).containsExactly("quinn");
        assertThat(platform.disconnected()).isEmpty();
        platform.diesBeforeSessions(false);

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    /** They may have other access there, and no status is written before all can be read. */
    @Test
    void whoIsBackWhileAPartIsLostStays() throws Exception {
        suspend();
        platform.isPartlyLost(true);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        assertThat(platform.disconnected()).containsExactly("taylor");

        platform.connects("taylor");
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void whatWasLostInBetweenIsMadeUpForAlsoWhileAPartIsLost() throws Exception {
        suspend();
        platform.isPartlyLost(true);
        platform.diesBeforeSessions(true);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        platform.diesBeforeSessions(false);

        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void soDoesTheNextProcess() throws Exception {
        suspend();
        platform.diesBeforeSessions(true);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        platform.diesBeforeSessions(false);
        comparison = process();

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    private String reference(String... tables) {
        PortId port = new PortId("port-1", "checkout", "orders-v1");
        return platform.module().reference(OWNER, port, profile(tables));
    }

    private Profile profile(String... tables) {
        return ((Parsed.Ok) platform.module().parse(Samples.portSpec(Samples.objects(tables), false))).profile();
    }

    /** A table was put back on the port; a process died between the move and the status. */
    @Test
    void whoWasMovedToMoreByAProcessThatDiedLostNothing() throws Exception {
        cluster.agreements.put(Samples.heldBy(taylors, reference("orders")));
        comparison = process();

        compare();

        assertThat(platform.members("port-1")).contains("taylor");
        assertThat(platform.disconnected()).isEmpty();
    }

    @Test
    void whoWasMovedToLessDid() throws Exception {
        cluster.agreements.put(Samples.heldBy(taylors, reference("orders", "order_items")));
        cluster.ports.put(Samples.port("orders-v1", "port-1", "orders"));
        platform.remove("port-1", "taylor");
        platform.remove("port-1", "quinn");
        platform.add("port-1", profile("orders"), "taylor");
        comparison = process();

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void whoHasItAllByAnotherAgreementLostNothingEither() throws Exception {
        cluster.agreements.put(
                Samples.suspended(Samples.heldBy(Samples.judgedBy(taylors, "orders"), reference("orders"))));
        cluster.agreements.put(Samples.provisioned("c", "taylor", "taylor"));
        comparison = process();

        compare();

        assertThat(platform.members("port-1")).contains("taylor");
        assertThat(platform.disconnected()).isEmpty();
    }

    @Test
    void whoFollowedThePortMayHaveHadMoreThanWasAsked() throws Exception {
        cluster.agreements.put(Samples.suspended(
                Samples.heldBy(Samples.following(Samples.judgedBy(taylors, "orders")), reference("customers"))));
        cluster.agreements.put(Samples.provisioned("c", "taylor", "taylor"));
        comparison = process();

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void whoIsToGetMoreAndHasNotDid() throws Exception {
        cluster.agreements.put(Samples.heldBy(taylors, reference("orders")));
        platform.remove("port-1", "taylor");
        platform.refuses("taylor");
        comparison = process();

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    /** Its status names the one it lost as long as there is the other, which may be for ever. */
    @Test
    void whoKeepsAnotherRoleOfThePortIsNotThrownOutAgainAndAgain() throws Exception {
        cluster.agreements.put(
                Samples.suspended(Samples.heldBy(Samples.judgedBy(taylors, "orders"), reference("orders"))));
        platform.add("port-1", profile("orders"), "taylor");
        comparison = new Comparison(platform.module(), OWNER, new Brake(platform.module(), 0, Duration.ofMinutes(5)));
        assertThat(compare().held()).as("nothing explains the end of the other").hasSize(1);
        assertThat(platform.disconnected()).containsExactly("taylor");

        platform.connects("taylor");
        compare();

        assertThat(platform.members("port-1")).contains("taylor");
        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void nobodyIsOnceItIsOnRecord() throws Exception {
        suspend();
        compare();
        taylors = cluster.agreements.put(Samples.withProvisioning(taylors, ProvisioningStatus.Deprovisioned));
        platform.connects("taylor");
        comparison = process();

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor");
    }

    @Test
    void whoGotTheAccessBackLosesTheSessionsAgainWithIt() throws Exception {
        DataUsageAgreement before = taylors;
        suspend();
        compare();
        cluster.agreements.put(before);
        compare();
        platform.connects("taylor");
        cluster.agreements.put(taylors);
        platform.diesBeforeSessions(true);
        assertThatThrownBy(this::compare).isInstanceOf(PlatformUnavailableException.class);
        platform.diesBeforeSessions(false);

        compare();

        assertThat(platform.disconnected()).containsExactly("taylor", "taylor");
    }

    @Test
    void whereItMayNotTheAgreementIsToldAndNothingIsHeldUp() throws Exception {
        platform.endsNoSessions();
        suspend();

        Comparison.Outcome outcome = compare();

        assertThat(report(outcome, platform).troubles()).isEmpty();
        assertThat(report(outcome, platform).notes())
                .containsExactly(Problem.healing("SessionsMayRemain", "sessions of taylor may go on reading"));
        assertThat(outcome.remaining().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).isEqualTo("grant the right to end sessions"));
        assertThat(report(compare(), platform).notes())
                .as("said again until it is on record")
                .hasSize(1);
    }

    @Test
    void whoStillHasItByAnothersGrantIsLeftAlone() throws Exception {
        platform.cannotTakeFrom("taylor");
        suspend();

        compare();
        compare();

        assertThat(platform.disconnected()).isEmpty();
    }
}
