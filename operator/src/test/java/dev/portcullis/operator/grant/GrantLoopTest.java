package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Way;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops as they run, on platforms in memory. */
@Timeout(30)
class GrantLoopTest {
    private static ApiServer api;

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final MemoryPlatform platform = new MemoryPlatform();
    private final Map<String, MemoryPlatform> others = new ConcurrentHashMap<>();
    private final GrantReports reports = new GrantReports();
    private final TestClock clock = new TestClock();
    private final EventRecorder events = new EventRecorder(api.client(), clock);
    private final GrantLoops loops = new GrantLoops(
            "test",
            List.of(new ByName()),
            new CredentialsReader(api.client()),
            cluster.caches(),
            new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), clock),
            reports,
            events,
            clock);

    /** Platforms other than the warehouse are others. */
    private final class ByName implements PlatformConnector {
        @Override
        public PlatformModule module() {
            return platform.module();
        }

        @Override
        public PlatformSession open(DataPlatformSpec spec, Owner owner, Credentials credentials) {
            return others.getOrDefault(owner.platform(), platform).open(spec, owner, credentials);
        }
    }

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void secret() {
        api.createWarehouseSecret();
    }

    @AfterEach
    void end() {
        loops.close();
        events.close();
        api.answersAsUsual();
        api.client().secrets().inNamespace("portcullis-system").delete();
    }

    @Test
    void comparesEverythingAtTheStart() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        platform.add("port-gone", profile(), "stranger");

        loops.run(Samples.platform("warehouse"));

        awaitState(PlatformState::isCompared);
        assertThat(platform.observations()).first().isEqualTo(new Scope.Everything());
        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(platform.members("port-gone")).isEmpty();
        assertThat(state().version()).isEqualTo("16.4");
        assertThat(state().outage()).isEmpty();
        assertThat(state().entitlements()).isOne();
        assertThat(state().lastFullComparison()).contains(clock.instant());
        await().untilAsserted(() ->
                assertThat(cluster.lookedAgain()).contains("DataUsageAgreement marketing/a", "DataPlatform warehouse"));
    }

    @Test
    void whatEndedWhileNothingRanIsTakenAwayFirst() {
        // nobody has written that it expired: its status still says Active
        cluster.agreements.put(Samples.ending(Samples.provisioned("a", "taylor", "taylor"), "2026-11-22T11:59:59Z"));
        cluster.agreements.put(Samples.approved("b", "quinn"));
        platform.add("port-1", profile(), "taylor");

        running();

        assertThat(platform.executed()).containsExactly("REVOKE port-1 taylor", "GRANT port-1 quinn");
        assertThat(platform.members("port-1")).containsExactly("quinn");
    }

    @Test
    void anEndWaitsForTheApiServersClock() {
        cluster.agreements.put(Samples.ending(Samples.provisioned("a", "taylor", "taylor"), "2026-11-22T11:59:59Z"));
        platform.add("port-1", profile(), "taylor");
        clock.serverAhead(Duration.ofMinutes(-5));
        running();
        assertThat(platform.members("port-1")).containsExactly("taylor");

        clock.serverAhead(Duration.ZERO);
        loops.mark("warehouse", "port-1");

        awaitMembers("port-1");
    }

    @Test
    void aMarkedPortIsComparedAlone() {
        running();
        cluster.agreements.put(Samples.approved("a", "taylor"));

        loops.mark("warehouse", "port-1");

        awaitMembers("port-1", "taylor");
        assertThat(platform.observations()).last().isEqualTo(new Scope.Ports(Set.of("port-1")));
        await().until(() -> state().entitlements() == 1);
        assertThat(held("a")).containsExactly("taylor");
    }

    @Test
    void aReportThatDiffersHasItsAgreementLookedAtAndNoOther() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();
        cluster.forgetLooks();
        cluster.agreements.put(Samples.approved("b", "quinn"));

        loops.mark("warehouse", "port-1");

        await().untilAsserted(() -> assertThat(cluster.lookedAgain()).contains("DataUsageAgreement marketing/b"));
        assertThat(cluster.lookedAgain()).doesNotContain("DataUsageAgreement marketing/a");
    }

    @Test
    void everythingIsComparedInIntervals() {
        DataPlatform often = Samples.platform("warehouse");
        often.setSpec(Samples.platformSpec("1s", null));
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        loops.run(often);
        awaitState(PlatformState::isCompared);

        platform.remove("port-1", "taylor");
        platform.add("port-1", profile(), "stranger");

        awaitMembers("port-1", "taylor");
        await().until(() -> state().repairedMissing() == 2 && state().repairedExtra() == 1);
    }

    @Test
    void portsInTroubleAreTriedAgainByThemselves() {
        platform.doesNotKnow("taylor");
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();
        assertThat(reports.find("a").orElseThrow().troubles())
                .extracting(Problem::reason)
                .containsExactly("PrincipalNotFound");

        platform.knows("taylor");

        // five seconds after the trouble
        await().atMost(Duration.ofSeconds(10))
                .until(() -> platform.members("port-1").contains("taylor"));
        await().until(() -> reports.find("a").orElseThrow().troubles().isEmpty());
    }

    @Test
    void aGrantIsReportedBeforeItIsLookedForOtherWays() {
        CountDownLatch latch = platform.searchesHang();
        platform.letsRead("taylor", new Way(false, "everybody has SELECT"));
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();
        await().until(() -> platform.searches() == 1);

        assertThat(held("a")).containsExactly("taylor");
        assertThat(reports.find("a").orElseThrow().ways()).isEmpty();
        cluster.forgetLooks();
        latch.countDown();

        await().untilAsserted(
                        () -> assertThat(cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/a"));
        assertThat(reports.find("a").orElseThrow().ways())
                .hasValueSatisfying(ways -> assertThat(ways).hasSize(1));
    }

    @Test
    void manyChangesAreOneSearch() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();
        await().until(() -> waysAreKnown("a"));
        int before = platform.searches();

        cluster.agreements.put(Samples.approved("b", "quinn"));
        loops.mark("warehouse", "port-1");
        awaitMembers("port-1", "taylor", "quinn");
        cluster.agreements.put(Samples.approved("c", "robin"));
        loops.mark("warehouse", "port-1");
        awaitMembers("port-1", "taylor", "quinn", "robin");

        await().until(() -> waysAreKnown("b") && waysAreKnown("c"));
        assertThat(platform.searches()).isEqualTo(before + 1);
    }

    private boolean waysAreKnown(String agreement) {
        return reports.find(agreement).flatMap(GrantReport::ways).isPresent();
    }

    // ---- outages

    @Test
    void anOutageIsToldAndFollowedByAComparisonOfEverything() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();
        platform.isDown(Reason.Unreachable);
        DataUsageAgreement b = cluster.agreements.put(Samples.approved("b", "quinn"));
        loops.mark("warehouse", "port-1");
        awaitOutage("Unreachable");
        assertThat(state().outage()).map(Problem::message).contains("the platform does not answer");
        assertThat(state().isCompared()).isTrue();
        assertThat(platform.sessionsClosed()).isPositive();
        int before = platform.observations().size();

        // whatever happens meanwhile is found
        platform.remove("port-1", "taylor");
        cluster.agreements.put(Samples.suspended(b));
        platform.isUp();

        await().until(() -> state().outage().isEmpty());
        assertThat(platform.observations().get(before)).isEqualTo(new Scope.Everything());
        awaitMembers("port-1", "taylor");
        assertThat(reports.find("b").orElseThrow().basis()).isEqualTo(new Access.NotWanted(false, true));
        assertThat(platform.sessionsOpened()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anOutageAtTheStartIsTriedAgainForEver() {
        platform.isDown(Reason.LoginRefused);
        loops.run(Samples.platform("warehouse"));

        awaitOutage("LoginRefused");
        await().until(() -> platform.sessionsOpened() >= 3);
        assertThat(state().isCompared()).isFalse();
        platform.isUp();

        awaitState(PlatformState::isCompared);
    }

    @Test
    void theSameOutageIsToldOnce() {
        platform.isDown(Reason.Unreachable);
        loops.run(Samples.platform("warehouse"));

        await().until(() -> platform.sessionsOpened() >= 3);

        assertThat(cluster.lookedAgain()).containsExactly("DataPlatform warehouse");
    }

    @Test
    void aSecretThatIsMissingIsAnOutageUntilItIsThere() {
        api.client().secrets().inNamespace("portcullis-system").delete();

        loops.run(Samples.platform("warehouse"));
        awaitOutage("SecretNotFound");
        secret();

        awaitState(PlatformState::isCompared);
        assertThat(state().outage()).isEmpty();
    }

    @Test
    void aMistakeInTheProgramIsAnOutageToo() {
        platform.isBroken();

        loops.run(Samples.platform("warehouse"));
        awaitOutage("ComparisonFailed");
        assertThat(state().outage())
                .map(Problem::message)
                .hasValueSatisfying(message -> assertThat(message).doesNotContain("a mistake in the program"));
        platform.isUp();

        awaitState(PlatformState::isCompared);
        assertThat(state().outage()).isEmpty();
    }

    @Test
    void aLoopThatDiedIsNoticed() {
        assertThat(loops.areAlive()).as("no loop, none dead").isTrue();
        running();
        assertThat(loops.areAlive()).isTrue();
        platform.isDeadly();

        loops.mark("warehouse", "port-1");

        await().until(() -> !loops.areAlive());
        loops.end("warehouse");
        assertThat(loops.areAlive()).isTrue();
    }

    @Test
    void loopsAreAliveInAnOutage() {
        platform.isDown(Reason.Unreachable);
        loops.run(Samples.platform("warehouse"));
        awaitOutage("Unreachable");

        assertThat(loops.areAlive()).isTrue();
    }

    // ---- closing

    @Test
    void closingWaitsForTheBatchUnderWay() throws Exception {
        running();
        CountDownLatch latch = platform.hangs();
        cluster.agreements.put(Samples.approved("a", "taylor"));
        loops.mark("warehouse", "port-1");
        await().until(() -> platform.hanging() == 1);

        CompletableFuture<Void> closing = inAThread(loops::close);
        assertThat(closing).isNotDone();
        latch.countDown();
        closing.get(10, TimeUnit.SECONDS);

        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(platform.sessionsClosed()).isEqualTo(platform.sessionsOpened());
        assertThat(loops.state("warehouse"))
                .as("what it found is there for whoever still asks")
                .isPresent();
    }

    @Test
    void closingDoesNotWaitForABackoff() throws Exception {
        platform.isDown(Reason.Unreachable);
        loops.run(Samples.platform("warehouse"));
        await().until(() -> platform.sessionsOpened() >= 3);

        inAThread(loops::close).get(5, TimeUnit.SECONDS);

        int sessions = platform.sessionsOpened();
        assertThat(platform.sessionsClosed()).isEqualTo(sessions);
    }

    @Test
    void aPlatformThatHangsDelaysNoOther() throws Exception {
        others.put("lake", new MemoryPlatform());
        CountDownLatch latch = others.get("lake").hangs();
        others.get("lake").add("port-gone", profile(), "stranger");
        loops.run(Samples.platform("lake"));
        await().until(() -> others.get("lake").hanging() == 1);

        // the loop of the platform that hangs is being ended, which waits for its batch
        CompletableFuture<Void> ending = inAThread(() -> loops.end("lake"));
        try {
            running();
            cluster.agreements.put(Samples.approved("a", "taylor"));
            inAThread(() -> {
                        loops.mark("lake", "port-9");
                        loops.mark("warehouse", "port-1");
                    })
                    .get(2, TimeUnit.SECONDS);
            awaitMembers("port-1", "taylor");
            assertThat(ending).isNotDone();
        } finally {
            latch.countDown();
        }
        ending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theSameSpecRunsOnAndAnotherStartsAnew() {
        running();
        int sessions = platform.sessionsOpened();

        loops.run(Samples.platform("warehouse"));
        assertThat(platform.sessionsOpened()).isEqualTo(sessions);

        DataPlatform changed = Samples.platform("warehouse");
        changed.setSpec(Samples.platformSpec("10m", null));
        loops.run(changed);

        await().until(() -> platform.sessionsOpened() == sessions + 1);
        awaitState(PlatformState::isCompared);
        assertThat(platform.sessionsClosed()).isEqualTo(sessions);
    }

    @Test
    void aPlatformOfNoKnownKindHasNoLoop() {
        running();
        DataPlatform strange = Samples.platform("warehouse");
        strange.setSpec(new DataPlatformSpec(null, null, null, null, null, null, null, null));

        loops.run(strange);

        assertThat(loops.state("warehouse")).isEmpty();
    }

    @Test
    void marksForAPlatformWithoutALoopAreForgottenSinceItsLoopStartsWithEverything() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        loops.mark("warehouse", "port-1");
        assertThat(loops.state("warehouse")).isEmpty();

        running();

        assertThat(held("a")).containsExactly("taylor");
    }

    @Test
    void endingAPlatformTakesNothingAway() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();

        loops.end("warehouse");
        loops.end("warehouse");

        assertThat(loops.state("warehouse")).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("taylor");
    }

    @Test
    void aReportIsForgottenWithItsAgreement() {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        running();

        reports.remove("a");

        assertThat(reports.find("a")).isEmpty();
        GrantReport report = new GrantReport(new Access.NotWanted(false, true), Set.of(), List.of(), Optional.empty());
        assertThat(reports.put("warehouse", "a", report)).isTrue();
        assertThat(reports.put("warehouse", "a", report)).as("the same again").isFalse();
    }

    @Test
    void aSessionThatCannotBeClosedEndsNoLoop() {
        running();
        platform.failsToClose();
        platform.isDown(Reason.Unreachable);
        loops.mark("warehouse", "port-1");
        awaitOutage("Unreachable");

        platform.isUp();

        await().atMost(Duration.ofSeconds(5)).until(() -> state().outage().isEmpty());
    }

    @Test
    void nothingStartsAfterTheEnd() {
        loops.close();

        loops.run(Samples.platform("warehouse"));

        assertThat(loops.state("warehouse")).isEmpty();
    }

    @Test
    void severalPlatformsThatHangAreWaitedForTogether() {
        List<CountDownLatch> latches = new java.util.ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            others.put(name, new MemoryPlatform());
            latches.add(others.get(name).hangs());
            others.get(name).add("port-gone", profile(), "stranger");
            loops.run(Samples.platform(name));
            await().until(() -> others.get(name).hanging() == 1);
        }
        CompletableFuture<Void> closing = inAThread(loops::close);

        // whoever can end does, whatever the others do
        latches.get(1).countDown();
        await().until(() -> others.get("two").sessionsClosed() == 1);
        latches.get(2).countDown();
        await().until(() -> others.get("three").sessionsClosed() == 1);
        assertThat(closing).isNotDone();
        latches.get(0).countDown();

        closing.join();
        assertThat(others.get("one").sessionsClosed()).isEqualTo(1);
    }

    @Test
    void aLoopThatIsEndingWhenAllAreClosedHasNoSuccessor() throws Exception {
        running();
        cluster.agreements.put(Samples.approved("a", "taylor"));
        CountDownLatch latch = platform.hangs();
        loops.mark("warehouse", "port-1");
        await().until(() -> platform.hanging() == 1);
        DataPlatform changed = Samples.platform("warehouse");
        changed.setSpec(Samples.platformSpec("10m", null));
        CompletableFuture<Void> changing = inAThread(() -> loops.run(changed));
        await().until(() -> loops.state("warehouse").isEmpty());

        CompletableFuture<Void> closing = inAThread(loops::close);
        // whoever is told that all have ended lets another operator begin
        await().during(Duration.ofMillis(100)).until(() -> !closing.isDone());
        latch.countDown();
        closing.get(10, TimeUnit.SECONDS);
        assertThat(platform.members("port-1")).containsExactly("taylor");
        changing.get(10, TimeUnit.SECONDS);

        assertThat(loops.state("warehouse")).isEmpty();
        await().until(() -> platform.sessionsClosed() == platform.sessionsOpened());
    }

    // ----

    /** Of its own: the JDK's HTTP client answers by the common pool, which from JDK 25 on is a single thread on two processors, and not to be held up. */
    private static CompletableFuture<Void> inAThread(Runnable blocking) {
        return CompletableFuture.runAsync(blocking, task -> new Thread(task).start());
    }

    private void running() {
        loops.run(Samples.platform("warehouse"));
        awaitState(PlatformState::isCompared);
    }

    private PlatformState state() {
        return loops.state("warehouse").orElseThrow();
    }

    private void awaitState(Predicate<PlatformState> what) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> what.test(state()));
    }

    private void awaitOutage(String reason) {
        awaitState(state -> state.outage()
                .filter(problem -> problem.reason().equals(reason))
                .isPresent());
    }

    private void awaitMembers(String portUid, String... members) {
        await().pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(platform.members(portUid)).containsExactlyInAnyOrder(members));
    }

    private List<String> held(String uid) {
        await().until(() -> reports.find(uid).isPresent());
        return reports.find(uid).orElseThrow().held().stream()
                .map(principal -> principal.name())
                .toList();
    }

    private Profile profile() {
        return ((Parsed.Ok) platform.module().parse(Samples.portSpec(Samples.objects("orders", "order_items"), false)))
                .profile();
    }
}
