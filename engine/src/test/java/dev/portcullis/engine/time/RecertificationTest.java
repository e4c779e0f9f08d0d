package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Access that somebody has to confirm now and then. */
class RecertificationTest {
    private static final String HALF_YEARLY =
            "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P6M, approvals: [{from: {provider: true}}]}}]}";

    private final Mesh mesh = Mesh.standard().at("2026-08-31T09:00:00Z");

    private Case approved() {
        return mesh.request().decided("approved", People.OLGA).settle();
    }

    @Test
    void countsFromTheApprovalByTheCalendar() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement = approved();

        assertThat(agreement.status().recertifyBy()).isEqualTo("2027-02-28T09:00:00Z");
        mesh.at("2027-02-28T08:59:59Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2027-02-28T09:00:00Z");
        assertThat(agreement.granted()).as("before it is written").isEmpty();
        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement.ready()).isEqualTo("False/RecertificationMissed");
        assertThat(agreement.message("Ready"))
                .contains(
                        "2027-02-28T09:00:00Z",
                        "rule pii of ApprovalPolicy office",
                        "a Decision recertified",
                        "OutputPort orders-v1 in namespace checkout");
        assertThat(agreement.condition("Expiring")).isEqualTo("True/RecertificationMissed");
        assertThat(agreement.condition("Approved")).isEqualTo("True/Approved");
    }

    @Test
    void oneRecertificationBringsItBackAndMovesTheDay() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement = approved();
        mesh.at("2027-03-05T12:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);

        agreement.onRecord(Verdict.recertified, People.OTTO).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().recertifyBy()).isEqualTo("2027-09-05T12:00:00Z");
        assertThat(agreement.condition("Expiring")).isEqualTo("absent");
        mesh.at("2027-09-05T12:00:00Z");
        assertThat(agreement.settle().phase()).as("and is missed again").isEqualTo(Phase.Suspended);
    }

    @Test
    void inTimeNothingIsInterrupted() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement = approved();
        mesh.at("2027-02-28T08:59:59Z");
        agreement.onRecord(Verdict.recertified, People.OTTO);
        mesh.at("2027-08-28T08:59:58Z");

        assertThat(agreement.settle().phases()).doesNotContain(Phase.Suspended);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @Test
    void theFirstOfSeveralRulesCounts() {
        mesh.policy("office", HALF_YEARLY);
        mesh.policy("data", "{mode: Mandatory, rules: [{name: all, when: 'true', require: {recertifyEvery: P90D}}]}");

        assertThat(approved().status().recertifyBy()).isEqualTo("2026-11-29T09:00:00Z");
    }

    @Test
    void aReviewAfterAnAutomaticApprovalIsAskedForOnce() {
        mesh.policy("quick", "{mode: Mandatory, rules: [{name: all, when: 'true', approve: true, reviewWithin: P7D}]}");
        Case agreement = mesh.request().settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().recertifyBy()).isEqualTo("2026-09-07T09:00:00Z");
        mesh.later(Duration.ofDays(7));
        assertThat(agreement.settle().ready()).isEqualTo("False/RecertificationMissed");

        agreement.onRecord(Verdict.recertified, People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().recertifyBy()).isNull();
        mesh.later(Duration.ofDays(3650));
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void laterEditionsOfThePolicyChangeNothing() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement = approved();
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P1D}}]}");
        mesh.later(Duration.ofDays(30));

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().recertifyBy()).isEqualTo("2027-02-28T09:00:00Z");
    }

    @Test
    void isNotAskedOfARequestThatWaits() {
        mesh.policy("office", HALF_YEARLY);
        Case request = mesh.request().settle();
        mesh.later(Duration.ofDays(400));

        assertThat(request.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(request.status().recertifyBy()).isNull();
    }

    @Test
    void theDurationRunsOnWhileItIsMissed() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement =
                mesh.request().lasting("P8M").decided("approved", People.OLGA).settle();
        mesh.at("2027-04-15T00:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        mesh.at("2027-04-30T09:00:00Z");

        assertThat(agreement.onRecord(Verdict.recertified, People.OTTO).settle().phase())
                .isEqualTo(Phase.Expired);
    }

    @Test
    void aPauseOfTheConsumersDoesNotHideItAndResumingIsNoRecertification() {
        mesh.policy("office", HALF_YEARLY);
        Case agreement = approved().suspend(true).settle();
        mesh.at("2027-02-28T09:00:00Z");

        assertThat(agreement.settle().ready()).isEqualTo("False/RecertificationMissed");
        assertThat(agreement
                        .suspend(false)
                        .onRecord(Verdict.resumed, People.OLGA)
                        .settle()
                        .ready())
                .isEqualTo("False/RecertificationMissed");
        assertThat(agreement.granted()).isEmpty();
    }
}
