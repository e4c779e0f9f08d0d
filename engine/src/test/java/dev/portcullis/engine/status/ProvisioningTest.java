package dev.portcullis.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.platform.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The third axis: only a report about exactly what is asked now changes what is said of the platform. */
class ProvisioningTest {
    private static final Set<Principal> TAYLOR = Set.of(new Principal(People.TAYLOR));
    private static final Problem REFUSED = Problem.healing("PrincipalRefused", "taylor is a superuser: not granted");

    private final Mesh mesh = Mesh.standard();
    private final Case agreement =
            mesh.request().decided("approved", People.OLGA).look();

    private static GrantReport held(Access basis) {
        return new GrantReport(basis, TAYLOR, List.of(), Optional.of("role_orders"));
    }

    private static GrantReport notHeld(Access basis, Problem... troubles) {
        return new GrantReport(basis, Set.of(), List.of(troubles), Optional.empty());
    }

    @Test
    void beginsWithTheApproval() {
        assertThat(agreement.status().provisioning())
                .isEqualTo(new Provisioning(
                        ProvisioningStatus.Provisioning, "warehouse", null, List.of(), "2026-11-22T12:00:00Z"));
        assertThat(agreement.phase()).isEqualTo(Phase.Provisioning);
        assertThat(mesh.request().look().status().provisioning())
                .as("not before")
                .isNull();
    }

    @Test
    void isProvisionedWhenReadBack() {
        mesh.later(Duration.ofSeconds(3));

        agreement.reported(held(agreement.access()));

        assertThat(agreement.status().provisioning())
                .isEqualTo(new Provisioning(
                        ProvisioningStatus.Provisioned,
                        "warehouse",
                        "role_orders",
                        List.of(People.TAYLOR),
                        "2026-11-22T12:00:03Z"));
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.message("Granted")).contains(People.TAYLOR);
    }

    @Test
    void saysHowToUseWhatIsHeld() {
        agreement.reported(new GrantReport(
                agreement.access(),
                TAYLOR,
                List.of(),
                Optional.of("role_1"),
                List.of(),
                List.of(Problem.healing("Usage", "read views.a instead of b")),
                Optional.empty()));
        assertThat(agreement.condition("Granted")).isEqualTo("True/Granted");
        assertThat(agreement.message("Granted")).endsWith(": read views.a instead of b");
    }

    @Test
    void keepsItsTimeWhileTheStatusStays() {
        agreement.reported(held(agreement.access()));
        mesh.later(Duration.ofHours(1));

        agreement.reported(new GrantReport(agreement.access(), TAYLOR, List.of(REFUSED), Optional.of("role_2")));

        assertThat(agreement.status().provisioning().at()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(agreement.status().provisioning().reference()).isEqualTo("role_2");
    }

    /** A process may end before it has told of it: by the time the next one knows that it was lately. */
    @Test
    void itsTimeIsAnotherWhenOthersHaveIt() {
        agreement.reported(new GrantReport(
                agreement.access(),
                Set.of(new Principal(People.TAYLOR), new Principal(People.OLGA)),
                List.of(),
                Optional.of("role_1")));
        mesh.later(Duration.ofHours(1));

        agreement.reported(held(agreement.access()));

        assertThat(agreement.status().provisioning().at()).isEqualTo("2026-11-22T13:00:00Z");
    }

    @Test
    void aReportAboutSomethingElseSaysNothing() {
        Access other = new Access.NotWanted(false, true);
        Access otherTables = asked("customers");

        for (Access basis : List.of(other, otherTables)) {
            var before = agreement.status();
            agreement.reported(held(basis));
            assertThat(agreement.status()).isEqualTo(before);
            agreement.reported(notHeld(basis, REFUSED));
            assertThat(agreement.status()).isEqualTo(before);
        }
    }

    private Access asked(String table) {
        Mesh other = Mesh.standard();
        other.port().tables(table);
        return other.request().decided("approved", People.OLGA).look().access();
    }

    @Test
    void failsWithTheReasonAndGoesOnTrying() {
        agreement.reported(notHeld(agreement.access(), REFUSED));

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.ProvisioningFailed);
        assertThat(agreement.phase()).isEqualTo(Phase.Provisioning);
        assertThat(agreement.ready()).isEqualTo("False/PrincipalRefused");
        assertThat(agreement.message("Ready")).isEqualTo("taylor is a superuser: not granted");
        assertThat(agreement.isActive()).isTrue();
        assertThat(agreement.granted()).as("still asked for").isNotEmpty();

        agreement.reported(held(agreement.access()));
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.ready()).isEqualTo("True/Granted");
    }

    @Test
    void aPrincipalThatComesLaterIsGrantedThen() {
        mesh.platformMisses(People.TAYLOR);
        agreement.settle();
        assertThat(agreement.ready()).isEqualTo("False/PrincipalNotFound");

        mesh.platformKnows(People.TAYLOR);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void anAnswerThatIsStillToComeIsNoFailure() {
        agreement.reported(notHeld(agreement.access()));

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Provisioning);
        assertThat(agreement.condition("Granted")).isEqualTo("False/Provisioning");
    }

    @Test
    void whatWasProvisionedAndIsLostIsSaidToBe() {
        agreement.reported(held(agreement.access()));

        agreement.reported(notHeld(agreement.access(), REFUSED));

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.ProvisioningFailed);
        assertThat(agreement.status().provisioning().principals()).isEmpty();
        assertThat(agreement.phase()).isEqualTo(Phase.Provisioning);
    }

    @Test
    void aSmallerAskStaysProvisionedUntilItIsAnswered() {
        agreement.settle();

        mesh.port().tables("orders");

        assertThat(agreement.look().provisioning()).isEqualTo(ProvisioningStatus.Provisioned);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @Test
    void isTakenAwayStepByStep() {
        agreement.settle();
        mesh.later(Duration.ofMinutes(1));

        agreement.cancel().look();
        assertThat(agreement.status().provisioning())
                .isEqualTo(new Provisioning(
                        ProvisioningStatus.Deprovisioning,
                        "warehouse",
                        "role_orders-v1",
                        List.of(People.TAYLOR),
                        "2026-11-22T12:01:00Z"));

        mesh.later(Duration.ofMinutes(1));
        agreement.reported(notHeld(agreement.access(), Problem.healing("NotRevoked", "the DBA granted it, too")));
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.DeprovisioningFailed);
        assertThat(agreement.status().provisioning().principals()).containsExactly(People.TAYLOR);
        assertThat(agreement.condition("Granted")).isEqualTo("True/NotRevoked");
        assertThat(agreement.ready()).isEqualTo("False/Revoking");

        mesh.later(Duration.ofMinutes(1));
        agreement.reported(notHeld(agreement.access()));
        assertThat(agreement.status().provisioning())
                .isEqualTo(new Provisioning(
                        ProvisioningStatus.Deprovisioned, "warehouse", null, List.of(), "2026-11-22T12:03:00Z"));
    }

    @Test
    void aReportFromBeforeTheDeletionDoesNotReleaseIt() {
        agreement.settle();
        agreement.suspend(true).look();

        agreement.delete().reported(notHeld(new Access.NotWanted(false, true)));
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioning);

        agreement.reported(notHeld(new Access.NotWanted(true, true)));
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
    }

    @Test
    void isTakenBackWhenAskedAgainBeforeTheAnswer() {
        agreement.settle();
        agreement.suspend(true).look();
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioning);

        agreement.suspend(false).restart().look();
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Provisioning);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whatWasNeverApprovedIsNeverTakenAway() {
        Case rejected = mesh.request().decided("rejected", People.OLGA).settle();
        Case cancelled = mesh.request().look().cancel().settle();

        assertThat(rejected.status().provisioning()).isNull();
        assertThat(cancelled.status().provisioning()).isNull();
        assertThat(cancelled.ready()).isEqualTo("True/Ended");
    }

    @Test
    void whatEndsBeforeItBeganIsNeverTakenAway() {
        Case upcoming = mesh.request()
                .from("2027-01-01")
                .decided("approved", People.OLGA)
                .settle();

        upcoming.cancel().settle();

        assertThat(upcoming.status().provisioning()).isNull();
        assertThat(upcoming.ready()).isEqualTo("True/Ended");
    }

    @Test
    void partOfATeamIsProvisioned() {
        mesh.platformMisses(People.QUINN);

        Case team = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", People.OLGA)
                .settle();

        assertThat(team.provisioning()).isEqualTo(ProvisioningStatus.Provisioned);
        assertThat(team.status().provisioning().principals()).containsExactly(People.TAYLOR);
        assertThat(team.phase()).isEqualTo(Phase.Active);
        assertThat(team.message("Granted")).contains("granted to " + People.TAYLOR, "not granted", People.QUINN);
        assertThat(team.ready()).isEqualTo("True/PartlyGranted");
        assertThat(team.message("Ready")).contains("not granted", People.QUINN);
        assertThat(team.restart().assess().status())
                .as("a restart writes nothing")
                .isEqualTo(team.status());
    }

    @Test
    void aFailedRevokeGoesOnHoldingItsPrincipals() {
        agreement.settle();
        mesh.platformRevokes(false);

        agreement.decided("revoked", People.OLGA).settle();
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.DeprovisioningFailed);
        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);

        mesh.platformRevokes(true);
        assertThat(agreement.settle().provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
    }

    @Test
    void whoHadItIsNotForgottenWhenItIsAskedAgainBeforeTheAnswer() {
        agreement.reported(held(agreement.access()));
        agreement.suspend(true).look();

        agreement.suspend(false).look();

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Provisioning);
        assertThat(agreement.status().provisioning().principals()).containsExactly(People.TAYLOR);
    }

    @Test
    void thatThePortOffersLessThanWasAskedIsSaid() {
        mesh.port().tables("customers", "orders");
        Case both = mesh.request().decided("approved", People.OLGA).settle();
        assertThat(both.message("Ready")).isEqualTo("the access is granted");

        mesh.port().tables("orders");

        assertThat(both.settle().phase()).isEqualTo(Phase.Active);
        assertThat(both.message("Ready")).contains("less than was asked", "status.snapshot.objects");
        assertThat(both.restart().assess().status())
                .as("a restart writes nothing")
                .isEqualTo(both.status());
    }

    @Test
    void sessionsThatMayRemainHoldNothingUpAndStaySaid() {
        agreement.reported(held(agreement.access()));
        agreement.suspend(true).look();
        Problem note = Problem.healing("SessionsMayRemain", "sessions of taylor may go on reading: end them");

        agreement.reported(new GrantReport(
                agreement.access(), Set.of(), List.of(), Optional.empty(), List.of(), List.of(note), Optional.empty()));

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement.condition("Granted")).isEqualTo("False/SessionsMayRemain");
        assertThat(agreement.message("Granted")).contains("taken away", "but sessions of taylor may go on reading");

        var before = agreement.status();
        agreement.reported(notHeld(agreement.access()));
        assertThat(agreement.status())
                .as("the next comparison has nothing to say")
                .isEqualTo(before);
    }
}
