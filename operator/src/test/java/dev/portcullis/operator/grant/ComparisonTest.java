package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A comparison, what it does to a platform, what it reports of each agreement, and what it counts as drift. */
class ComparisonTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Scope PORT = new Scope.Ports(Set.of("port-1"));

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private String confirmed = "";
    private final MemoryCluster cluster = MemoryCluster.standard();
    private final MemoryPlatform platform = new MemoryPlatform();
    private final Brake brake = new Brake(platform.module(), 3, Duration.ofMinutes(5));
    private Comparison comparison = new Comparison(platform.module(), OWNER, brake);
    private final Asks asks = new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), new TestClock());

    @Test
    void grantsWhatIsWantedAndReportsWhoHasIt() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(platform.members("port-1")).containsExactly("taylor");
        GrantReport report = report(outcome, "a");
        assertThat(names(report)).containsExactly("taylor");
        assertThat(report.troubles()).isEmpty();
        assertThat(report.reference())
                .hasValueSatisfying(role -> assertThat(role).startsWith("role_port-1_"));
        assertThat(report.basis()).isInstanceOf(Access.Wanted.class);
    }

    @Test
    void looksOnceWhereNothingIsToDo() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));
        compare(EVERYTHING);
        int before = platform.observations().size();

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(platform.observations()).hasSize(before + 1);
        assertThat(outcome.results()).isEmpty();
        assertThat(names(report(outcome, "a"))).containsExactly("taylor");
    }

    @Test
    void readsBackAfterEveryChange() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));

        Comparison.Outcome outcome = compare(PORT);

        assertThat(platform.observations()).containsExactly(PORT, PORT);
        assertThat(outcome.before().entitlements()).isZero();
        assertThat(outcome.after().entitlements()).isOne();
        assertThat(outcome.remaining().changes()).isEmpty();
    }

    @Test
    void aRefusedGrantIsATroubleOfItsAgreementAlone() throws Exception {
        platform.refuses("taylor");
        cluster.agreements.put(Samples.approved("a", "taylor"));
        cluster.agreements.put(Samples.approved("b", "quinn"));

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(report(outcome, "a").held()).isEmpty();
        assertThat(report(outcome, "a").reference()).isEmpty();
        assertThat(troubles(outcome, "a")).containsExactly("NotApplied: the platform said no");
        assertThat(names(report(outcome, "b"))).containsExactly("quinn");
        assertThat(report(outcome, "b").troubles()).isEmpty();
    }

    @Test
    void anUnknownPrincipalIsATroubleUntilItIsThere() throws Exception {
        platform.doesNotKnow("taylor");
        cluster.agreements.put(Samples.approved("a", "taylor"));

        assertThat(troubles(compare(EVERYTHING), "a"))
                .containsExactly("PrincipalNotFound: there is no login taylor: create it");
        platform.knows("taylor");
        assertThat(troubles(compare(PORT), "a")).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("taylor");
    }

    @Test
    void ofTwoBeneficiariesWithOnePrincipalTheEarlierGetsIt() throws Exception {
        principalsAreTheNamesBeforeTheAt();
        cluster.agreements.put(
                Samples.approved("b", "taylor@one.example", "orders-v1", "port-1", "2026-11-20T00:00:00Z"));
        cluster.agreements.put(
                Samples.approved("a", "taylor@two.example", "orders-v1", "port-1", "2026-11-21T00:00:00Z"));

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(names(report(outcome, "b"))).containsExactly("taylor");
        assertThat(troubles(outcome, "a"))
                .singleElement()
                .asString()
                .startsWith("PrincipalShared: taylor@two.example and taylor@one.example are both called taylor on"
                        + " warehouse")
                .contains("spec.principals");
    }

    @Test
    void theLaterGetsThePrincipalWhenTheEarlierHasEnded() throws Exception {
        principalsAreTheNamesBeforeTheAt();
        DataUsageAgreement earlier = cluster.agreements.put(
                Samples.approved("b", "taylor@one.example", "orders-v1", "port-1", "2026-11-20T00:00:00Z"));
        cluster.agreements.put(
                Samples.approved("a", "taylor@two.example", "orders-v1", "port-1", "2026-11-21T00:00:00Z"));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.suspended(earlier));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(names(report(outcome, "a"))).containsExactly("taylor");
        assertThat(report(outcome, "b").troubles())
                .as("the access is another's now")
                .isEmpty();
    }

    @Test
    void whatIsNotWantedAnyMoreGoes() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.suspended(agreement));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(platform.members("port-1")).isEmpty();
        assertThat(report(outcome, "a").basis()).isEqualTo(new Access.NotWanted(false, true));
        assertThat(report(outcome, "a").held()).isEmpty();
        assertThat(report(outcome, "a").troubles()).isEmpty();
    }

    @Test
    void aDeletedAgreementHasAnAnswerOfItsOwn() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.deleting(agreement));

        assertThat(report(compare(PORT), "a"))
                .isEqualTo(new GrantReport(
                        new Access.NotWanted(true, true),
                        Set.of(),
                        List.of(),
                        java.util.Optional.empty(),
                        List.of(),
                        List.of(),
                        java.util.Optional.empty()));
    }

    @Test
    void whatCannotBeTakenAwayIsSaid() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.cannotTakeFrom("taylor");

        cluster.agreements.put(Samples.deleting(agreement));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(names(report(outcome, "a"))).containsExactly("taylor");
        assertThat(troubles(outcome, "a"))
                .containsExactly("NotRevoked: taylor still has the access: somebody else granted to taylor");
        assertThat(outcome.remaining().leftovers()).hasSize(1);
    }

    @Test
    void whatThePlatformRefusesToTakeAwayIsSaid() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.refuses("taylor");

        cluster.agreements.put(Samples.suspended(agreement));

        assertThat(troubles(compare(PORT), "a"))
                .containsExactly("NotRevoked: taylor still has the access: the platform said no");
    }

    @Test
    void anotherAgreementForTheSameKeepsIt() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        cluster.agreements.put(Samples.provisioned("b", "taylor", "taylor"));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.deleting(agreement));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(outcome.results()).isEmpty();
        assertThat(report(outcome, "a").troubles()).isEmpty();
        assertThat(names(report(outcome, "b"))).containsExactly("taylor");
    }

    @Test
    void onlyPortsInTheScopeAreTouched() throws Exception {
        cluster.ports.put(Samples.port("stock-v1", "port-2"));
        cluster.agreements.put(Samples.approved("a", "taylor"));
        cluster.agreements.put(Samples.approved("b", "taylor", "stock-v1", "port-2", "2026-11-22T11:30:00Z"));
        platform.add("port-2", profile(), "stranger");

        compare(PORT);
        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(platform.members("port-2")).containsExactly("stranger");

        compare(EVERYTHING);
        assertThat(platform.members("port-2")).containsExactly("taylor");
    }

    @Test
    void whatBelongsToNoPortAnyMoreGoesToo() throws Exception {
        platform.add("port-gone", profile(), "taylor");

        compare(EVERYTHING);

        assertThat(platform.members("port-gone")).isEmpty();
    }

    @Test
    void agreementsOnOtherPlatformsAreNotAsked() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));

        assertThat(asks.in(EVERYTHING, "lake")).isEmpty();
        assertThat(asks.in(PORT, "warehouse")).hasSize(1);
    }

    @Test
    void anAgreementWhosePortIsGoneBelongsToThePlatformItsStatusNames() {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        cluster.ports.remove(Samples.port("orders-v1", "port-1"));

        assertThat(asks.platformOf(agreement)).contains("warehouse");
        assertThat(asks.in(PORT, "warehouse")).singleElement().satisfies(ask -> {
            assertThat(ask.access()).isEqualTo(new Access.NotWanted(false, false));
            assertThat(ask.recorded()).containsExactly(new Principal("taylor"));
            assertThat(ask.wasProvisioned()).isTrue();
        });
    }

    @Test
    void aPortCreatedAnewUnderTheNameIsNotTheOneAgreedOn() {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        cluster.ports.put(Samples.port("orders-v1", "port-2"));

        assertThat(asks.in(PORT, "warehouse")).singleElement().satisfies(ask -> {
            assertThat(ask.access()).isEqualTo(new Access.NotWanted(false, false));
            assertThat(ask.portUid()).isEqualTo("port-1");
        });
        assertThat(asks.platformOf(agreement)).contains("warehouse");
        assertThat(asks.platformOf(Samples.approved("c", "quinn", "gone", "port-9", "2026-11-22T11:30:00Z")))
                .as("no port, but a status that names the platform")
                .contains("warehouse");
        assertThat(asks.platformOf(Samples.request("d", "quinn", "gone"))).isEmpty();
    }

    @Test
    void aTableTakenOffThePortIsTakenFromAll() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);

        cluster.ports.put(Samples.port("orders-v1", "port-1", "orders"));
        Comparison.Outcome outcome = compare(PORT);

        Access.Wanted wanted = (Access.Wanted) report(outcome, "a").basis();
        assertThat(wanted.profile().canonical()).doesNotContain("order_items");
        assertThat(outcome.results()).as("revoke and grant").hasSize(2);
        assertThat(names(report(outcome, "a"))).containsExactly("taylor");
    }

    // ---- drift

    @Test
    void aGrantThatSomebodyTookAwayIsMissingOnce() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.remove("port-1", "taylor");

        assertThat(drift(compare(EVERYTHING))).isEqualTo("1 missing, 0 extra");
        assertThat(drift(compare(EVERYTHING))).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void whatCannotBeGrantedAgainIsNotRepaired() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        platform.refuses("taylor");

        assertThat(drift(compare(EVERYTHING))).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void aFirstGrantIsNoDrift() throws Exception {
        cluster.agreements.put(Samples.approved("a", "taylor"));

        assertThat(drift(compare(EVERYTHING))).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void aStrangerIsExtraWhenGone() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.add("port-1", profile(), "stranger");
        platform.add("port-1", profile(), "stuck");
        platform.cannotTakeFrom("stuck");

        assertThat(drift(compare(EVERYTHING))).as("stuck stays").isEqualTo("0 missing, 1 extra");
    }

    @Test
    void aStrangerByAnothersGrantIsExtraWhateverIsCompared() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.add("port-1", profile(), "stranger");
        platform.isMemberByOthers("stranger");
        platform.isMemberByOthers("taylor");
        platform.remove("port-1", "taylor");

        assertThat(drift(compare(PORT))).as("what is missing may be on its way").isEqualTo("0 missing, 1 extra");
        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(drift(compare(PORT))).isEqualTo("0 missing, 0 extra");
    }

    /** Its agreement vanished, and nobody did anything by hand. */
    @Test
    void whomWeGrantedOurselvesIsNoStrangerWhereOnePortIsCompared() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        cluster.agreements.put(Samples.provisioned("b", "quinn", "quinn"));
        compare(EVERYTHING);
        cluster.agreements.remove(Samples.provisioned("b", "quinn", "quinn"));

        assertThat(drift(compare(PORT))).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void whoLosesTheAccessByAnEndIsNotExtra() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.suspended(agreement));

        assertThat(drift(compare(EVERYTHING))).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void aRuleForPrincipalsThatChangedIsNoDrift() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor@one.example", "taylor@one.example"));
        compare(EVERYTHING);

        principalsAreTheNamesBeforeTheAt();
        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(platform.members("port-1")).containsExactly("taylor");
        assertThat(drift(outcome)).isEqualTo("0 missing, 0 extra");
    }

    @Test
    void aRefusedRevokeIsSaidAlsoWhenTheStatusDoesNotNameThePrincipalYet() throws Exception {
        DataUsageAgreement granted = cluster.agreements.put(Samples.approved("a", "taylor"));
        compare(EVERYTHING);
        platform.refuses("taylor");

        // deleted before the status said whom it was granted to
        cluster.agreements.put(Samples.deleting(granted));

        assertThat(troubles(compare(PORT), "a")).singleElement().asString().startsWith("NotRevoked");
    }

    @Test
    void whoComesBackTakesNoPrincipalThatAnotherUses() throws Exception {
        principalsAreTheNamesBeforeTheAt();
        cluster.ports.put(Samples.port("stock-v1", "port-2"));
        DataUsageAgreement earlier =
                Samples.approved("a", "taylor@one.example", "orders-v1", "port-1", "2026-11-20T00:00:00Z");
        cluster.agreements.put(Samples.suspended(earlier));
        cluster.agreements.put(
                Samples.approved("b", "taylor@two.example", "stock-v1", "port-2", "2026-11-21T00:00:00Z"));
        compare(EVERYTHING);
        assertThat(platform.members("port-2")).containsExactly("taylor");

        cluster.agreements.put(earlier);
        compare(PORT);

        boolean both = platform.members("port-1").contains("taylor")
                && platform.members("port-2").contains("taylor");
        assertThat(both).as("two beneficiaries have each other's access").isFalse();
    }

    @Test
    void aStrangerHoldsBackNobodyElsesDeletion() throws Exception {
        platform.add("port-1", profile(), "stranger");
        platform.cannotTakeFrom("stranger");
        platform.doesNotKnow("taylor");
        DataUsageAgreement agreement = cluster.agreements.put(
                Samples.withProvisioning(Samples.approved("a", "taylor"), ProvisioningStatus.ProvisioningFailed));
        compare(EVERYTHING);

        cluster.agreements.put(Samples.deleting(agreement));

        assertThat(troubles(compare(PORT), "a")).isEmpty();
    }

    @Test
    void aStrangersGrantHoldsBackNoDeletionOfWhatWasNeverGranted() throws Exception {
        platform.add("port-1", profile(), "stranger");
        platform.cannotTakeFrom("stranger");
        DataUsageAgreement agreement = cluster.agreements.put(Samples.approved("a", "taylor"));

        // before its status named anybody
        cluster.agreements.put(Samples.deleting(agreement));

        assertThat(troubles(compare(PORT), "a")).isEmpty();
    }

    @Test
    void aWiderAccessThatCannotBeTakenAwayIsSaidAlsoWhereAnotherAgreementKeepsANarrowerOne() throws Exception {
        DataUsageAgreement wide = cluster.agreements.put(Samples.provisioned("wide", "taylor", "taylor"));
        cluster.agreements.put(Samples.judgedBy(Samples.provisioned("narrow", "taylor", "taylor"), "orders"));
        compare(EVERYTHING);
        platform.cannotTakeFrom("taylor");

        cluster.agreements.put(Samples.suspended(wide));
        Comparison.Outcome outcome = compare(PORT);

        assertThat(names(report(outcome, "narrow"))).containsExactly("taylor");
        assertThat(troubles(outcome, "wide")).singleElement().asString().startsWith("NotRevoked: taylor still has");
    }

    // ---- the brake

    private Comparison.Outcome withLost(int agreements) throws Exception {
        for (int i = 0; i < agreements; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);
        for (int i = 0; i < agreements; i++) {
            cluster.agreements.remove(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        return compare(EVERYTHING);
    }

    @Test
    void someThatVanishedAreTakenAway() throws Exception {
        assertThat(withLost(3).held()).isEmpty();
        assertThat(platform.members("port-1")).isEmpty();
    }

    @Test
    void manyThatVanishedAreHeldUntilSomebodyConfirmsExactlyThose() throws Exception {
        Comparison.Outcome outcome = withLost(4);

        assertThat(outcome.held()).hasSize(4);
        assertThat(outcome.results()).isEmpty();
        assertThat(outcome.remaining().changes()).isEmpty();
        assertThat(platform.members("port-1")).hasSize(4);
        confirmed = "000000000000";
        assertThat(compare(EVERYTHING).held()).hasSize(4);
        confirmed = brake.held().code();
        assertThat(compare(EVERYTHING).held()).isEmpty();
        assertThat(platform.members("port-1")).isEmpty();
        now = now.plusSeconds(1);
        assertThat(withLost(4).held()).as("the same once more, long confirmed").hasSize(4);
    }

    @Test
    void aConfirmationHoldsForAllOfItWhicheverPortIsComparedFirst() throws Exception {
        cluster.ports.put(Samples.port("stock-v1", "port-2"));
        for (int i = 0; i < 4; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
            cluster.agreements.put(Samples.approved("b" + i, "user" + i, "stock-v1", "port-2", "2026-11-22T11:30:00Z"));
        }
        compare(EVERYTHING);
        for (int i = 0; i < 4; i++) {
            cluster.agreements.remove(Samples.provisioned("a" + i, "user" + i, "user" + i));
            cluster.agreements.remove(Samples.approved("b" + i, "user" + i));
        }
        assertThat(compare(EVERYTHING).held()).hasSize(8);

        confirmed = brake.held().code();
        compare(PORT);
        assertThat(platform.members("port-1")).isEmpty();
        compare(EVERYTHING);

        assertThat(platform.members("port-2")).isEmpty();
    }

    @Test
    void oneThatThePlatformRefusesToTakeAwayCountsOnce() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "user", "user"));
        cluster.agreements.put(Samples.provisioned("b", "other", "other"));
        compare(EVERYTHING);
        platform.refuses("user");
        cluster.agreements.remove(Samples.provisioned("a", "user", "user"));
        for (int i = 0; i < 10; i++) {
            assertThat(compare(PORT).held()).isEmpty();
        }

        cluster.agreements.remove(Samples.provisioned("b", "other", "other"));

        assertThat(compare(PORT).held()).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("user");
    }

    /** The server was restored from a backup of before all of them ended. */
    @Test
    void whatEndedLongAgoAndIsThereAgainIsTakenAwayAndSaid() throws Exception {
        for (int i = 0; i < 5; i++) {
            DataUsageAgreement gone =
                    Samples.withProvisioning(Samples.approved("a" + i, "user" + i), ProvisioningStatus.Deprovisioned);
            cluster.agreements.put(Samples.suspended(gone));
            platform.add("port-1", profile(), "user" + i);
        }
        platform.refuses("user0");

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(outcome.held()).isEmpty();
        assertThat(platform.members("port-1")).containsExactly("user0");
        assertThat(troubles(outcome, "a0")).singleElement().asString().startsWith("NotRevoked: user0");
        assertThat(troubles(outcome, "a1")).isEmpty();
    }

    @Test
    void whatIsHeldOfOthersHoldsBackNoDeletion() throws Exception {
        DataUsageAgreement mine = cluster.agreements.put(Samples.provisioned("mine", "quinn", "quinn"));
        withLost(4);

        cluster.agreements.put(Samples.deleting(mine));

        assertThat(troubles(compare(PORT), "mine")).isEmpty();
        assertThat(platform.members("port-1")).hasSize(4);
    }

    /** Else nobody would ever be told of them. */
    @Test
    void whatWasMendedIsToldOnceItIsKnownThatItWas() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        platform.remove("port-1", "taylor");
        platform.add("port-1", profile(), "stranger");
        platform.goesDownAfterChanges();
        assertThatThrownBy(() -> compare(EVERYTHING)).hasMessageContaining("does not answer");
        platform.isUp();

        Drift partly = Drift.of(compare(PORT));
        Drift drift = Drift.of(compare(EVERYTHING));

        assertThat(partly.missing()).isEmpty();
        assertThat(partly.extra()).isEmpty();
        assertThat(drift.missing())
                .extracting(entitlement -> entitlement.principal().name())
                .containsExactly("taylor");
        assertThat(drift.extra())
                .extracting(stranger -> stranger.principal().name())
                .containsExactly("stranger");
        assertThat(Drift.of(compare(EVERYTHING))).isEqualTo(new Drift(Set.of(), Set.of()));
    }

    @Test
    void aPartThatIsLostIsAnOutageAfterWhatCanBeRevokedIs() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        cluster.agreements.put(Samples.provisioned("b", "quinn", "quinn"));
        compare(EVERYTHING);
        cluster.agreements.put(Samples.suspended(agreement));
        platform.isPartlyLost(true);

        assertThatThrownBy(() -> compare(PORT)).hasMessageContaining("no connection left");

        assertThat(platform.members("port-1")).containsExactly("quinn");
    }

    @Test
    void whoOnlyMovesHasTheAccessWhileAPartIsLost() throws Exception {
        DataUsageAgreement agreement = cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        cluster.agreements.put(Samples.judgedBy(agreement, "orders"));
        platform.isPartlyLost(true);

        assertThatThrownBy(() -> compare(PORT)).hasMessageContaining("no connection left");

        assertThat(platform.members("port-1")).containsExactly("taylor");
        platform.isPartlyLost(false);
        assertThat(compare(PORT).results()).isEmpty();
    }

    /** Each of them had another agreement for less of the same port, which was suspended. */
    @Test
    void anEndedAgreementExplainsOnlyWhatItGave() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("wide" + i, "user" + i, "user" + i));
            cluster.agreements.put(
                    Samples.judgedBy(Samples.provisioned("narrow" + i, "user" + i, "user" + i), "orders"));
        }
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.suspended(
                    Samples.judgedBy(Samples.provisioned("narrow" + i, "user" + i, "user" + i), "orders")));
            cluster.agreements.remove(Samples.provisioned("wide" + i, "user" + i, "user" + i));
        }

        assertThat(compare(EVERYTHING).held()).as("what vanished").hasSize(5);
        assertThat(platform.entitlements("port-1"))
                .as("what was suspended is gone")
                .isEqualTo(5);
    }

    @Test
    void notEvenWhereBothGaveTheSame() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("one" + i, "user" + i, "user" + i));
            cluster.agreements.put(Samples.suspended(Samples.withProvisioning(
                    Samples.approved("other" + i, "user" + i), ProvisioningStatus.Deprovisioned)));
        }
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            cluster.agreements.remove(Samples.provisioned("one" + i, "user" + i, "user" + i));
        }

        assertThat(compare(EVERYTHING).held()).hasSize(5);
        assertThat(compare(PORT).held()).as("as long as nobody says anything").hasSize(5);
    }

    @Test
    void whatTheLastOfSeveralEndedGoes() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("one" + i, "user" + i, "user" + i));
            cluster.agreements.put(Samples.provisioned("other" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            cluster.agreements.remove(Samples.provisioned("one" + i, "user" + i, "user" + i));
        }
        assertThat(compare(EVERYTHING).held()).as("another gives it").isEmpty();
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.suspended(Samples.provisioned("other" + i, "user" + i, "user" + i)));
        }

        assertThat(compare(PORT).held()).isEmpty();
        assertThat(platform.members("port-1")).isEmpty();
    }

    /** Tables were taken off the port since, so the role is not the one that the agreement's objects make. */
    @Test
    void whatEndedIsExplainedAlsoWhereItHadLessThanWasAgreed() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        cluster.ports.put(Samples.port("orders-v1", "port-1", "orders"));
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.suspended(Samples.provisioned("a" + i, "user" + i, "user" + i)));
        }
        Brake afterAStart = new Brake(platform.module(), 3, Duration.ofMinutes(5));
        comparison = new Comparison(platform.module(), OWNER, afterAStart);

        assertThat(compare(EVERYTHING).held()).isEmpty();
        assertThat(platform.members("port-1")).isEmpty();
    }

    @Test
    void whatIsHeldDoesNotTrickleAwayPortByPort() throws Exception {
        withLost(4);

        assertThat(compare(PORT).held()).hasSize(4);
        assertThat(platform.members("port-1")).hasSize(4);
    }

    @Test
    void manyThatVanishOneAfterTheOtherAreHeldToo() throws Exception {
        for (int i = 0; i < 6; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);

        for (int i = 0; i < 6; i++) {
            cluster.agreements.remove(Samples.provisioned("a" + i, "user" + i, "user" + i));
            compare(PORT);
        }

        assertThat(platform.members("port-1")).as("three went, and no more").hasSize(3);
    }

    @Test
    void whatAgreementsEndedIsNeverHeld() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.suspended(Samples.provisioned("a" + i, "user" + i, "user" + i)));
        }

        assertThat(compare(EVERYTHING).held()).isEmpty();
        assertThat(platform.members("port-1")).isEmpty();
    }

    @Test
    void whoMovesToAnotherProfileOfThePortIsNotRemoved() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);

        cluster.ports.put(Samples.port("orders-v1", "port-1", "orders"));

        assertThat(compare(PORT).held()).isEmpty();
    }

    @Test
    void aTeamThatIsEmptiedByMistakeKeepsItsAccess() throws Exception {
        cluster.teams.put(Samples.teamOf("marketing", "marketing", "u1", "u2", "u3", "u4", "u5"));
        cluster.agreements.put(Samples.provisioned("a", null, "u1", "u2", "u3", "u4", "u5"));
        compare(EVERYTHING);

        cluster.teams.put(Samples.teamOf("marketing", "marketing", "u1"));

        assertThat(compare(EVERYTHING).held()).hasSize(4);
        assertThat(platform.members("port-1")).hasSize(5);
    }

    @Test
    void soDoItsMembersWhoAskedForThemselves() throws Exception {
        cluster.teams.put(Samples.teamOf("marketing", "marketing", "u1", "u2", "u3", "u4", "u5"));
        for (int i = 1; i <= 5; i++) {
            cluster.agreements.put(Samples.provisionedAsMember("a" + i, "u" + i, "u" + i));
        }
        compare(EVERYTHING);

        cluster.teams.put(Samples.teamOf("marketing", "marketing", "u1"));

        Comparison.Outcome outcome = compare(EVERYTHING);
        assertThat(outcome.held()).hasSize(4);
        assertThat(platform.members("port-1")).hasSize(5);
        assertThat(troubles(outcome, "a2"))
                .singleElement()
                .asString()
                .startsWith("RemovalHeld: u2 still has the access");
    }

    @Test
    void strangersAreNeverHeld() throws Exception {
        cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        compare(EVERYTHING);
        for (int i = 0; i < 5; i++) {
            platform.add("port-1", profile(), "stranger" + i);
            platform.cannotTakeFrom("stranger" + i);
        }

        assertThat(compare(EVERYTHING).held()).as("by another's grant").isEmpty();
    }

    @Test
    void whoseRemovalIsHeldIsToldSo() throws Exception {
        for (int i = 0; i < 5; i++) {
            cluster.agreements.put(Samples.provisioned("a" + i, "user" + i, "user" + i));
        }
        compare(EVERYTHING);
        // the port is not exposed any more: nothing that anybody wanted of an agreement
        var warehouse = Samples.platform("warehouse");
        warehouse.setSpec(Samples.platformExposingNothing());
        cluster.platforms.put(warehouse);

        assertThat(troubles(compare(EVERYTHING), "a0"))
                .singleElement()
                .asString()
                .startsWith("RemovalHeld: user0 still has the access");
    }

    // ----

    private static String drift(Comparison.Outcome outcome) {
        Drift drift = Drift.of(outcome);
        return drift.missing().size() + " missing, " + drift.extra().size() + " extra";
    }

    private Comparison.Outcome compare(Scope scope) throws Exception {
        var session = platform.open(
                Samples.platformSpec("5m", null),
                OWNER,
                new dev.portcullis.platform.Credentials("", "", java.util.Optional.empty()));
        return comparison.run(
                session, Samples.platformSpec("5m", null), scope, asks.in(scope, "warehouse"), confirmed, now);
    }

    private GrantReport report(Comparison.Outcome outcome, String uid) {
        Map<String, Ask> byUid = outcome.asks().stream().collect(Collectors.toMap(Ask::uid, ask -> ask));
        return new ReportFactory(platform.module(), OWNER, outcome).report(byUid.get(uid));
    }

    private List<String> troubles(Comparison.Outcome outcome, String uid) {
        return report(outcome, uid).troubles().stream()
                .map((Problem problem) -> problem.reason() + ": " + problem.message())
                .toList();
    }

    private static Set<String> names(GrantReport report) {
        return report.held().stream().map(Principal::name).collect(Collectors.toSet());
    }

    private void principalsAreTheNamesBeforeTheAt() {
        var warehouse = Samples.platform("warehouse");
        warehouse.setSpec(Samples.platformSpec("5m", new PrincipalRules("name.split('@')[0]", null, null)));
        cluster.platforms.put(warehouse);
    }

    private Profile profile() {
        return ((Parsed.Ok) platform.module().parse(Samples.portSpec(Samples.objects("orders", "order_items"), false)))
                .profile();
    }

    @Test
    void aFailedGrantOfATeamNamesWhoHasItAndWhoHasNot() throws Exception {
        cluster.teams.put(Samples.teamOf("marketing", "marketing", "taylor", "quinn"));
        platform.doesNotKnow("quinn");
        cluster.agreements.put(Samples.approved("a", null));

        Comparison.Outcome outcome = compare(EVERYTHING);

        assertThat(names(report(outcome, "a"))).containsExactly("taylor");
        assertThat(troubles(outcome, "a")).containsExactly("PrincipalNotFound: there is no login quinn: create it");
    }
}
