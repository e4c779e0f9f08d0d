package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who approves or recertifies may make the access shorter, and nobody makes it longer. */
class UntilTest {
    private static final String LAST_MOMENT_OF_JANUARY = "2027-01-31T23:59:59Z";
    private static final String FEBRUARY = "2027-02-01T00:00:00Z";

    private final Mesh mesh = Mesh.standard();

    private Case request() {
        return mesh.request().until("2027-03-31").settle();
    }

    private void endsWithJanuary(Case agreement) {
        mesh.at(LAST_MOMENT_OF_JANUARY);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at(FEBRUARY);
        assertThat(agreement.granted()).as("gone before it is written").isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void aDateIsTheLastDayInUtc() {
        endsWithJanuary(request()
                .onRecord(Verdict.approved, People.OLGA, "2027-01-31")
                .approvedByVotes()
                .settle());
    }

    @Test
    void theFirstOfSeveralVotesCounts() {
        endsWithJanuary(request()
                .onRecord(Verdict.approved, People.OTTO, "2027-01-31")
                .onRecord(Verdict.approved, People.OLGA, "2027-02-15")
                .onRecord(Verdict.approved, People.RILEY)
                .approvedByVotes()
                .settle());
    }

    @Test
    void whatIsLaterThanAskedForChangesNothing() {
        Case agreement = request()
                .onRecord(Verdict.approved, People.OLGA, "2030-01-31")
                .approvedByVotes()
                .settle();

        mesh.at("2027-04-01T00:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void recertifyingShortensAndNeverLengthens() {
        endsWithJanuary(request()
                .decided("approved", People.OLGA)
                .settle()
                .onRecord(Verdict.recertified, People.OTTO, "2027-01-31")
                .onRecord(Verdict.recertified, People.OTTO, "2027-03-15")
                .onRecord(Verdict.recertified, People.OTTO)
                .settle());
    }

    @ParameterizedTest
    @CsvSource({"2027-02-30", "2027-13-01", "2027-01-01T25:00:00Z"})
    void aDayThatDoesNotExistAllowsNothing(String until) {
        Case agreement =
                request().onRecord(Verdict.approved, People.OLGA, until).approvedByVotes();

        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void theDurationCountsFromTheVoteThatCompletedTheApproval() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}, count: 2}]}}]}");
        Case agreement = mesh.request().lasting("P10D").settle();
        agreement.decided("approved", People.OTTO).settle();
        assertThat(agreement.phase()).as("one vote of two").isEqualTo(Phase.Requested);
        mesh.later(Duration.ofDays(20));
        assertThat(agreement.settle().phase()).as("nothing counts yet").isEqualTo(Phase.Requested);
        mesh.decision("olga").says(Verdict.approved, People.OLGA);
        agreement.settle();

        mesh.later(Duration.ofDays(5));
        agreement.onRecord(Verdict.recertified, People.OLGA).onRecord(Verdict.approved, People.RILEY);
        mesh.later(Duration.ofDays(5).minusSeconds(1));
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.later(Duration.ofSeconds(1));
        assertThat(agreement.settle().phase()).as("what followed moved nothing").isEqualTo(Phase.Expired);
    }

    @Test
    void aRequestWithVotesStillExpiresWhenNobodyCompletesThem() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, requestTimeout: P14D, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}, count: 2}]}}]}");
        Case request =
                mesh.request().settle().onRecord(Verdict.approved, People.OTTO).settle();

        mesh.later(Duration.ofDays(14));

        assertThat(request.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void anEndByDecisionIsFoundWhateverFollowsIt() {
        Case revoked = request()
                .decided("approved", People.OLGA)
                .settle()
                .onRecord(Verdict.revoked, People.OTTO)
                .onRecord(Verdict.recertified, People.OLGA)
                .onRecord(Verdict.resumed, People.OLGA)
                .settle();

        assertThat(revoked.phase()).isEqualTo(Phase.Revoked);
        assertThat(revoked.condition("Approved")).isEqualTo("False/Revoked");
        assertThat(revoked.message("Approved")).isEqualTo("revoked by " + People.OTTO);
        assertThat(revoked.granted()).isEmpty();
    }

    @Test
    void aVoteIsNoApprovalYet() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}, count: 2}]}}]}");
        Case request = request().onRecord(Verdict.approved, People.OTTO).settle();

        assertThat(request.condition("Approved")).isEqualTo("False/WaitingForDecision");
        assertThat(request.granted()).isEmpty();
    }
}
