package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.VoterGroup;
import dev.portcullis.api.port.Table;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Decisions make of agreements, and what becomes of the Decisions. */
class VotesTest {
    private static final String PAT = "pat@example.com";
    private static final String PIA = "pia@example.com";
    private static final String BOTH = """
            mode: Mandatory
            rules:
            - name: two-teams
              when: "true"
              require: {approvals: [{from: {provider: true}}, {from: {team: privacy}, count: 2}]}
            """;

    private final Mesh mesh = Mesh.standard();

    private Case twoTeams() {
        mesh.team("privacy").members(PAT, PIA);
        mesh.policy("pii", BOTH);
        return mesh.request().settle();
    }

    private static boolean isPaused(Case agreement) {
        return agreement.phase() == Phase.Suspended
                && DecisionsOnRecord.of(agreement.approval()).pause().isPresent();
    }

    private DecisionDraft votes(String name, Verdict verdict, String by) {
        return mesh.decision(name).says(verdict, by);
    }

    @Test
    void oneDecisionOfAnApproverApproves() {
        Case agreement = mesh.request().settle();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA).because("Fine for the model only.");

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        DecisionRecord record = agreement.lastDecision();
        assertThat(record.via()).isEqualTo(DecisionRecord.Via.Decision);
        assertThat(record.by()).isEqualTo(People.OLGA);
        assertThat(record.reason()).isEqualTo("Fine for the model only.");
        assertThat(record.object().name()).isEqualTo("olga");
        assertThat(record.object().uid()).isEqualTo("decision-olga");
        assertThat(olga.outcome()).isEqualTo("Taken/Taken");
    }

    @Test
    void approvalsOfSeveralTeamsAddUp() {
        Case agreement = twoTeams();
        assertThat(agreement.message("Approved"))
                .contains("1 approval of the provider's team and 2 approvals of team privacy")
                .contains("pii/two-teams");

        votes("pat", Verdict.approved, PAT).asReviewer();
        agreement.settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.decisions()).containsExactly("approved by " + PAT);
        assertThat(agreement.lastDecision().groups()).containsExactly("team/privacy");
        assertThat(agreement.approval().decidedBy())
                .as("a vote decides nothing")
                .isNull();
        assertThat(agreement.message("Approved"))
                .contains("1 approval of the provider's team and 1 approval of team privacy");

        agreement.decided("approved", People.OLGA).settle();
        assertThat(agreement.approval().missing())
                .extracting(missing -> missing.from().team() + " " + missing.count())
                .containsExactly("privacy 1");

        votes("pia", Verdict.approved, PIA).asReviewer();
        agreement.settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.approval().decidedBy()).isEqualTo(PIA);
        assertThat(agreement.approval().missing()).isEmpty();
        assertThat(agreement.decisions())
                .containsExactly("approved by " + PAT, "approved by " + People.OLGA, "approved by " + PIA);
    }

    @Test
    void anAnnotationThatWasCountedIsNotLookedAtOnceMore() {
        Case agreement = twoTeams().decided("approved", People.OLGA).settle();
        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA);
        assertThat(agreement.approval().refusedDecision()).isNull();

        votes("pat", Verdict.approved, PAT).asReviewer();
        agreement.settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "approved by " + PAT);
        assertThat(agreement.approval().refusedDecision()).isNull();
        assertThat(agreement.message("Approved")).doesNotContain("is not taken");
    }

    @Test
    void anAnnotationOfAnotherOrWithAnotherWordIsOneMoreVote() {
        Case agreement = twoTeams().decided("approved", People.OLGA).settle();

        agreement.decided("approved", PAT).settle();
        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "approved by " + PAT);
        agreement.decided("rejected", PAT).settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void whoFiledADecisionAndAnnotatesTheSameCountsOnce() {
        Case agreement = twoTeams();
        votes("olga", Verdict.approved, People.OLGA);
        agreement.settle().decided("approved", People.OLGA).settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA);
        assertThat(agreement.approval().refusedDecision()).isNotNull();
        assertThat(agreement.message("Approved")).contains("has approved already");
    }

    @Test
    void whoLeavesTheTeamAfterVotingHasVotedAllTheSame() {
        Case agreement = twoTeams();
        votes("pat", Verdict.approved, PAT).asReviewer();
        agreement.settle();
        mesh.team("privacy").members(PIA);

        votes("pia", Verdict.approved, PIA).asReviewer();
        votes("olga", Verdict.approved, People.OLGA);
        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @Test
    void votesOfOneInstantAreAllCounted() {
        Case agreement = twoTeams();
        votes("pat", Verdict.approved, PAT).asReviewer();
        votes("pia", Verdict.approved, PIA).asReviewer();
        votes("olga", Verdict.approved, People.OLGA);

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.decisions()).hasSize(3);
    }

    @Test
    void oneRejectionRejectsWhateverElseComes() {
        Case agreement = twoTeams();
        votes("pat", Verdict.approved, PAT).asReviewer();
        votes("pia", Verdict.rejected, PIA).asReviewer();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA);

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Rejected);
        assertThat(agreement.decisions()).endsWith("rejected by " + PIA);
        assertThat(olga.outcome()).isIn("Taken/Taken", "Refused/Ended");
    }

    @Test
    void aPersonCountsOnceByWhateverName() {
        mesh.team("privacy").members(PAT, "PAT@example.com", "pat@other.example.com");
        mesh.platform().callsUsers("name.split('@')[0]");
        mesh.policy("pii", BOTH);
        Case agreement = mesh.request().settle();
        votes("pat", Verdict.approved, PAT).asReviewer();
        DecisionDraft upper =
                votes("upper", Verdict.approved, "PAT@example.com").asReviewer();
        DecisionDraft other =
                votes("other", Verdict.approved, "pat@other.example.com").asReviewer();
        DecisionDraft again = votes("again", Verdict.approved, PAT).asReviewer();
        votes("olga", Verdict.approved, People.OLGA);

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.decisions()).hasSize(2);
        assertThat(List.of(upper.outcome(), other.outcome(), again.outcome()))
                .contains("Refused/CountedAlready")
                .allMatch(outcome -> outcome.equals("Refused/CountedAlready") || outcome.equals("Taken/Taken"));
    }

    @Test
    void whoseApprovalNobodyAsksForCountsForNothing() {
        mesh.port().autoApprove(true);
        Case agreement = twoTeams();
        DecisionDraft riley = votes("riley", Verdict.approved, People.RILEY);
        agreement.settle();
        assertThat(riley.outcome()).isEqualTo("Refused/CountsForNothing");
        assertThat(riley.message()).contains("2 approvals of team privacy");
        assertThat(agreement.decisions()).isEmpty();

        agreement.decided("approved", People.RILEY).settle();
        assertThat(agreement.condition("Approved")).isEqualTo("False/CountsForNothing");
        assertThat(agreement.approval().refusedDecision()).startsWith("approved by " + People.RILEY);
    }

    @Test
    void aReviewerDecidesNothingThatNobodyAskedReviewersFor() {
        Case agreement = mesh.request().settle();
        DecisionDraft approval = votes("pat", Verdict.approved, PAT).asReviewer();
        DecisionDraft rejection = votes("pia", Verdict.rejected, PIA).asReviewer();

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(approval.outcome()).isEqualTo("Refused/NotEntitled");
        assertThat(rejection.outcome()).isEqualTo("Refused/NotEntitled");
    }

    @Test
    void anApproverWhoseApprovalIsNotAskedForMayStillReject() {
        mesh.team("privacy").members(PAT, PIA);
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        Case agreement = mesh.request().settle();
        votes("olga", Verdict.rejected, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void anExternalWorkflowTakesOnlyWhatIsRecorded() {
        mesh.port().workflow(Workflow.External);
        Case agreement = mesh.request().settle();
        DecisionDraft own = votes("own", Verdict.approved, People.OLGA);
        agreement.settle();
        assertThat(own.outcome()).isEqualTo("Refused/NotEntitled");
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);

        votes("ticket", Verdict.approved, People.OLGA).recordedBy(People.BOT);
        agreement.settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.lastDecision().recordedBy()).isEqualTo(People.BOT);

        votes("stop", Verdict.revoked, People.OLGA);
        assertThat(agreement.settle().phase())
                .as("approve is enough to take it away")
                .isEqualTo(Phase.Revoked);
    }

    @Test
    void whereAPolicyWantsRecordedDecisionsAnApproverApprovesNothingAndMayReject() {
        mesh.policy("ticket", "{mode: Mandatory, rules: [{name: r, when: 'true', require: {workflow: External}}]}");
        Case agreement = mesh.request().settle();
        DecisionDraft own = votes("own", Verdict.approved, People.OTTO);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(own.outcome()).isEqualTo("Refused/NotEntitled");

        votes("no", Verdict.rejected, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Rejected);
    }

    /** Should another ever be on record of a request that waits. */
    @Test
    void onlyApprovalsCountAsSuch() {
        Case agreement = mesh.request().settle().onRecord(Verdict.suspended, People.OTTO);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void neitherRequesterNorBeneficiaryDecides() {
        mesh.team("checkout").members(People.OLGA, People.TAYLOR);
        Case agreement = mesh.request().settle();
        DecisionDraft taylor = votes("taylor", Verdict.approved, People.TAYLOR);
        agreement.settle();
        assertThat(taylor.outcome()).isEqualTo("Refused/SelfDecision");
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void revokedByDecisionAndNothingAfterIt() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofMinutes(1));
        votes("stop", Verdict.revoked, People.OTTO);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.approval().decidedBy()).isEqualTo(People.OTTO);

        mesh.later(Duration.ofMinutes(1));
        DecisionDraft late = votes("late", Verdict.resumed, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
        assertThat(late.outcome()).isEqualTo("Refused/Ended");
    }

    /** The agreement looks again and again, before and after the Decision hears what becomes of it. */
    @Test
    void onceItIsOverNothingFiledIsPutOnRecordAnyMore() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        agreement.cancel().settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft late = votes("late", Verdict.revoked, People.OTTO);

        agreement.settle();
        assertThat(late.outcome()).isEqualTo("Refused/Ended");
        agreement.look();
        agreement.look();

        assertThat(agreement.phase()).isEqualTo(Phase.Cancelled);
        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA);
    }

    @Test
    void suspensionAndResumptionOfOneSecondLeaveItSuspended() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofMinutes(1));
        votes("pause", Verdict.suspended, People.OLGA);
        votes("play", Verdict.resumed, People.OTTO);

        agreement.settle();

        assertThat(isPaused(agreement)).isTrue();
        mesh.later(Duration.ofMinutes(1));
        votes("play-again", Verdict.resumed, People.OTTO);
        agreement.settle();
        assertThat(isPaused(agreement)).isFalse();
    }

    /** Whatever their names: else one that comes with a revocation would be kept off the record. */
    @Test
    void ofOneSecondTheOneThatTakesMostComesLast() {
        List<Verdict> inOrder = List.of(
                Verdict.approved,
                Verdict.recertified,
                Verdict.resumed,
                Verdict.suspended,
                Verdict.rejected,
                Verdict.revoked);
        List<FiledDecision> filed = new ArrayList<>();
        for (Verdict verdict : inOrder) {
            String later = "z-" + inOrder.indexOf(verdict);
            String earlier = "" + (9 - inOrder.indexOf(verdict));
            filed.add(0, FiledDecision.of(votes(earlier, verdict, People.OLGA).build()));
            filed.add(0, FiledDecision.of(votes(later, verdict, People.OLGA).build()));
        }

        assertThat(filed.stream().sorted(FiledDecision.IN_ORDER))
                .extracting(one -> one.reference().name())
                .containsExactly("9", "z-0", "8", "z-1", "7", "z-2", "6", "z-3", "5", "z-4", "4", "z-5");
    }

    /** Whoever resumes has seen no suspension that came later, whichever of the two is looked at first. */
    @Test
    void aResumptionLiftsNoLaterSuspension() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        DecisionDraft early = votes("early", Verdict.resumed, People.OLGA);
        mesh.later(Duration.ofMinutes(1));
        votes("pause", Verdict.suspended, People.OTTO);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(early.outcome()).isEqualTo("Refused/NotSuspended");
        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "suspended by " + People.OTTO);
    }

    @Test
    void aSuspensionIsResumedAlsoWhereItsDecisionIsGone() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        votes("pause", Verdict.suspended, People.OTTO);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        DecisionDraft same = votes("same-second", Verdict.resumed, People.OLGA);
        mesh.withoutDecision("pause");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(same.outcome()).isEqualTo("Refused/NotSuspended");

        mesh.later(Duration.ofMinutes(1));
        votes("on", Verdict.resumed, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void aResumptionThatIsLookedAtFirstWaitsForTheSuspensionBeforeIt() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofMinutes(1));
        votes("pause", Verdict.suspended, People.OLGA);
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft resumed = votes("play", Verdict.resumed, People.OTTO);
        mesh.bind(agreement);

        mesh.tend(agreement.object());

        assertThat(resumed.outcome()).isEqualTo("Waiting/SuspensionFirst");
        agreement.settle();
        assertThat(isPaused(agreement)).isFalse();
        assertThat(resumed.outcome()).isEqualTo("Taken/Taken");
    }

    /** Decisions and agreements come by watches of their own, so an agreement may be older than what its Decisions say. */
    @Test
    void aResumptionWaitsForAnAgreementThatIsOlderThanItsSuspension() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofMinutes(1));
        DataUsageAgreement older = agreement.object();
        votes("pause", Verdict.suspended, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft resumed = votes("play", Verdict.resumed, People.OTTO);
        mesh.bind(agreement);

        mesh.tend(older);

        assertThat(resumed.outcome()).isEqualTo("Waiting/SuspensionFirst");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(resumed.outcome()).isEqualTo("Taken/Taken");
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft again = votes("again", Verdict.resumed, People.OTTO);
        mesh.bind(agreement);
        mesh.tend(older);
        assertThat(again.outcome())
                .as("what was resumed since is waited for in vain")
                .isEqualTo("Refused/NotSuspended");
    }

    @Test
    void aResumptionWaitsForNoSuspensionThatDoesNotCount() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofMinutes(1));
        votes("pause", Verdict.suspended, PAT).asReviewer();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft resumed = votes("play", Verdict.resumed, People.OTTO);
        mesh.bind(agreement);

        mesh.tend(agreement.object());

        assertThat(resumed.outcome()).isEqualTo("Refused/NotSuspended");
    }

    @Test
    void theBeneficiaryDoesNotResumeOrRecertify() {
        mesh.team("checkout").members(People.OLGA, People.TAYLOR);
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        votes("pause", Verdict.suspended, People.OLGA);
        agreement.settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft resumed = votes("resumed", Verdict.resumed, People.TAYLOR);
        DecisionDraft recertified = votes("recertified", Verdict.recertified, People.TAYLOR);

        agreement.settle();

        assertThat(resumed.outcome()).isEqualTo("Refused/SelfDecision");
        assertThat(recertified.outcome()).isEqualTo("Refused/SelfDecision");
        assertThat(isPaused(agreement)).isTrue();
    }

    @Test
    void aLaterApprovalOfTheSameRequestComesTooLate() {
        Case agreement = mesh.request().settle();
        votes("a-olga", Verdict.approved, People.OLGA);
        DecisionDraft otto = votes("b-otto", Verdict.approved, People.OTTO);

        agreement.settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA);
        assertThat(otto.outcome()).isEqualTo("Refused/DecidedAlready");
    }

    // ---- shorter and less

    @Test
    void anApproverShortensAndNarrows() {
        Case agreement = mesh.request().until("2027-03-31").settle();
        votes("olga", Verdict.approved, People.OLGA)
                .until("2027-01-31")
                .only(new SelectedObjects(List.of(new Table("orders", List.of())), null));

        agreement.settle();

        assertThat(agreement.granted())
                .singleElement()
                .asString()
                .contains("orders")
                .doesNotContain("order_items");
        mesh.at("2027-01-31T23:59:59Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2027-02-01T00:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void anApproverCannotAllowWhatWasNotAskedForOrIsOver() {
        Case agreement = mesh.request().settle();
        DecisionDraft wider = votes("wider", Verdict.approved, People.OLGA)
                .only(new SelectedObjects(List.of(new Table("secrets", List.of())), null));
        DecisionDraft past = votes("past", Verdict.approved, People.OLGA).until("2026-11-21");
        DecisionDraft never = votes("never", Verdict.approved, People.OLGA).until("2027-02-30");

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(wider.outcome()).isEqualTo("Refused/SelectBeyondRequest");
        assertThat(wider.message())
                .contains("table secrets[]; it may name ", "an approver allows some of what was asked for");
        assertThat(past.outcome()).isEqualTo("Refused/UntilPassed");
        assertThat(never.outcome()).isEqualTo("Refused/UntilPassed");
    }

    @Test
    void whoOnlyReviewsRecertifiesAndEndsNothing() {
        Case agreement = twoTeams();
        votes("a", Verdict.approved, PAT).asReviewer();
        votes("b", Verdict.approved, PIA).asReviewer();
        votes("c", Verdict.approved, People.OLGA);
        agreement.settle();
        mesh.later(Duration.ofDays(1));
        DecisionDraft ends =
                votes("ends", Verdict.recertified, PAT).asReviewer().until("2026-11-24");
        DecisionDraft stays = votes("stays", Verdict.recertified, PAT).asReviewer();

        agreement.settle();

        assertThat(ends.outcome()).isEqualTo("Refused/NotEntitled");
        assertThat(stays.outcome()).isEqualTo("Taken/Taken");
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    /** Whoever pauses what nobody approved yet hears so now: it must not lie in wait. */
    @ParameterizedTest
    @EnumSource(names = {"suspended", "resumed", "recertified"})
    void whatPresumesAnApprovalIsRefusedBeforeIt(Verdict verdict) {
        Case agreement = mesh.request().settle();
        DecisionDraft early = votes("early", verdict, People.OTTO);
        agreement.settle();
        assertThat(early.outcome()).isEqualTo("Refused/NotApproved");

        mesh.later(Duration.ofMinutes(1));
        agreement.decided("approved", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(early.outcome()).isEqualTo("Refused/NotApproved");
    }

    @Test
    void aRevocationThatCameBeforeTheApprovalSaysThatItWaitsAndHolds() {
        Case agreement = mesh.request().settle();
        DecisionDraft stop = votes("stop", Verdict.revoked, People.OTTO);
        agreement.settle();
        assertThat(stop.outcome()).isEqualTo("Waiting/NotApproved");

        mesh.later(Duration.ofMinutes(1));
        agreement.decided("approved", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(stop.outcome()).isEqualTo("Taken/Taken");
    }

    // ---- what Mandatory policies require comes on top

    @Test
    void privacyAloneDoesNotDecideForTheProvider() {
        mesh.team("privacy").members(PAT, PIA);
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        Case agreement = mesh.request().settle();
        assertThat(agreement.message("Approved"))
                .contains("1 approval of somebody with the verb approve on the port and 1 approval of team privacy");

        votes("pat", Verdict.approved, PAT).asReviewer();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.approval().missing()).containsExactly(new MissingApproval(VoterGroup.ofApprovers(), 1));

        votes("olga", Verdict.approved, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whatSeveralPoliciesRequireOfOneTeamIsOneEntry() {
        mesh.team("privacy").members(PAT, PIA);
        for (String name : List.of("one", "two")) {
            mesh.policy(
                    name,
                    "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}, count: 6}, {from: {provider: true}}]}}]}");
        }

        assertThat(mesh.request().settle().approval().missing())
                .containsExactly(
                        new MissingApproval(VoterGroup.ofProvider(), 2),
                        new MissingApproval(VoterGroup.of("privacy"), 12));
    }

    /** A member of the provider's team without the verb approve cannot stand in for somebody who has it. */
    @Test
    void whoseVoteDoesNotHelpHearsWhoseWould() {
        mesh.policy(
                "own",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        Case agreement = mesh.request().settle();
        votes("otto", Verdict.approved, People.OTTO).asReviewer();
        agreement.settle();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA).asReviewer();
        agreement.settle();
        assertThat(olga.outcome()).isEqualTo("Refused/NotNeeded");
        assertThat(olga.message()).contains("still needed: 1 approval of somebody with the verb approve on the port");

        votes("riley", Verdict.approved, People.RILEY);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whatADefaultPolicyRejectsIsRejectedWhateverAMandatoryOneRequires() {
        mesh.policy("no", "{mode: Default, rules: [{name: no, when: 'true', reject: Ask first.}]}");
        Case agreement = twoTeams();
        assertThat(agreement.phase()).isEqualTo(Phase.Rejected);
        assertThat(agreement.approval().rule()).isEqualTo("no/no");
    }

    @Test
    void whatADefaultPolicyRequiresIsRequiredToo() {
        mesh.team("security").members("sam@example.com");
        mesh.policy(
                "also",
                "{mode: Default, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: security}}]}}]}");
        Case agreement = twoTeams();
        votes("a", Verdict.approved, PAT).asReviewer();
        votes("b", Verdict.approved, PIA).asReviewer();
        votes("c", Verdict.approved, People.OLGA);
        assertThat(agreement.settle().approval().missing())
                .extracting(missing -> missing.from().team())
                .containsExactly("security");
        votes("d", Verdict.approved, "sam@example.com").asReviewer();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whomADefaultPolicyAsksDecidesInsteadOfTheApprovers() {
        mesh.team("privacy").members(PAT);
        mesh.policy(
                "who",
                "{mode: Default, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        Case agreement = mesh.request().settle();
        votes("pat", Verdict.approved, PAT).asReviewer();

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whereThePortApprovesOnlyWhatPoliciesRequireIsMissing() {
        mesh.port().autoApprove(true);
        mesh.team("privacy").members(PAT);
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        Case agreement = mesh.request().settle();
        votes("pat", Verdict.approved, PAT).asReviewer();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    /** Whoever approved as a member of the provider's team had the verb approve all along, and cannot vote again. */
    @Test
    void whereThePortApprovesNoMoreTheApproversVoteIsAnApproversStill() {
        mesh.port().autoApprove(true);
        mesh.team("privacy").members(PAT);
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {provider: true}}, {from: {team: privacy}}]}}]}");
        Case agreement = mesh.request().settle();
        votes("olga", Verdict.approved, People.OLGA);
        DecisionDraft riley = votes("riley", Verdict.approved, People.RILEY);
        agreement.settle();
        assertThat(riley.outcome()).as("approvers are not asked").isEqualTo("Refused/CountsForNothing");

        mesh.port().autoApprove(false);
        agreement.settle();
        votes("pat", Verdict.approved, PAT).asReviewer();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    // ---- which agreement

    @Test
    void aDecisionForAnEarlierAgreementOfTheNameDecidesNothing() {
        Case earlier = mesh.request().settle();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA);
        earlier.settle();
        assertThat(earlier.phase()).isEqualTo(Phase.Active);

        Case later = mesh.request().withUid("agreement-2").settle();

        assertThat(later.phase()).isEqualTo(Phase.Requested);
        assertThat(olga.outcome()).as("still evidence for the earlier one").isEqualTo("Taken/Taken");
    }

    @Test
    void aDecisionOlderThanTheAgreementNeedsTheRequestsHash() {
        String hash = mesh.request().settle().status().snapshot().request();
        DecisionDraft blind = votes("blind", Verdict.approved, People.OLGA);
        DecisionDraft wrong = votes("wrong", Verdict.approved, People.OLGA).onRequest("sha256:" + "0".repeat(64));
        mesh.later(Duration.ofSeconds(5));
        Case agreement = mesh.request().withUid("agreement-2").settle();
        assertThat(blind.outcome()).isEqualTo("Refused/TooEarly");
        assertThat(wrong.outcome()).isEqualTo("Refused/OtherRequest");
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(hash).isNotNull();

        Mesh another = Mesh.standard();
        another.decision("knowing").onRequest(hash);
        another.later(Duration.ofSeconds(5));
        assertThat(another.request().settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void aStatusThatSomebodyPlantedMakesNoDecisionBeAboutAnotherRequest() {
        DecisionDraft older = votes("older", Verdict.approved, People.OLGA);
        DecisionDraft other = votes("other", Verdict.approved, People.OLGA).onRequest("sha256:" + "0".repeat(64));
        mesh.later(Duration.ofSeconds(5));
        Case agreement = mesh.request();
        older.planted("agreement-1");
        other.planted("agreement-1");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(older.outcome()).isEqualTo("Refused/TooEarly");
        assertThat(other.outcome()).isEqualTo("Refused/OtherRequest");
    }

    @Test
    void aStatusThatSomebodyPlantedKeepsNoRevocationFromBeingHeard() {
        Case agreement = mesh.request().settle();
        votes("olga", Verdict.approved, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.later(Duration.ofSeconds(5));

        votes("enough", Verdict.revoked, People.OLGA).planted("agreement-9");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void nothingIsApprovedBeforeItIsKnownWhatIsAskedFor() {
        mesh.withoutPort();
        Case agreement = mesh.request().settle();
        mesh.later(Duration.ofSeconds(5));
        DecisionDraft early = votes("early", Verdict.approved, People.OLGA);
        agreement.settle();
        assertThat(early.outcome()).isEqualTo("Waiting/NotValidYet");

        mesh.later(Duration.ofMinutes(2));
        mesh.port().tables("orders");
        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(early.outcome()).isEqualTo("Refused/TooEarly");
    }

    @Test
    void aDecisionOfAnotherPortsProviderDecidesNothing() {
        Case agreement = mesh.request().settle();
        DecisionDraft elsewhere =
                votes("elsewhere", Verdict.approved, People.RILEY).aboutPort("evil", "orders-v1");
        DecisionDraft otherPort =
                votes("other-port", Verdict.approved, People.OLGA).aboutPort("checkout", "items-v1");

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(elsewhere.outcome()).isEqualTo("Refused/OtherPort");
        assertThat(otherPort.outcome()).isEqualTo("Refused/OtherPort");
    }

    @Test
    void afterARestoreDecisionsCountAgainWhenSomebodySaysWhichAgreementItWas() {
        Case before = mesh.request().settle();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA);
        before.settle();
        olga.withoutStatus();

        Case restored = mesh.request().withUid("agreement-2").settle();
        assertThat(restored.phase()).isEqualTo(Phase.Requested);
        assertThat(olga.outcome()).isEqualTo("Waiting/OtherAgreement");
        assertThat(olga.message()).contains(Annotations.RESTORED_UID + "=agreement-1");

        restored.annotated(Annotations.RESTORED_UID, "agreement-1").settle();
        assertThat(restored.phase()).isEqualTo(Phase.Active);
        assertThat(olga.outcome()).isEqualTo("Taken/Taken");
    }

    @Test
    void afterARestoreWhatAnApproverHadShortenedStaysShort() {
        Case before = mesh.request().settle();
        DecisionDraft olga = votes("olga", Verdict.approved, People.OLGA);
        before.settle();
        mesh.later(Duration.ofDays(1));
        DecisionDraft shorter =
                votes("shorter", Verdict.recertified, People.OLGA).until("2026-11-30");
        before.settle();
        mesh.at("2026-12-05T12:00:00Z");
        assertThat(before.settle().phase()).isEqualTo(Phase.Expired);

        for (boolean withStatuses : List.of(true, false)) {
            if (!withStatuses) {
                olga.withoutStatus();
                shorter.withoutStatus();
            }
            Case restored = mesh.request()
                    .withUid("agreement-" + withStatuses)
                    .annotated(Annotations.RESTORED_UID, "agreement-1")
                    .settle();
            assertThat(restored.phase())
                    .as("statuses came back: " + withStatuses)
                    .isEqualTo(Phase.Expired);
            assertThat(restored.granted()).isEmpty();
        }
    }

    /** A backup brings objects back one after the other, in no order. */
    @Test
    void afterARestoreASuspensionCountsAlsoWhereItComesBackBeforeTheApproval() {
        Case before = mesh.request().settle();
        votes("approval", Verdict.approved, People.OLGA);
        before.settle();
        mesh.later(Duration.ofDays(1));
        DecisionDraft pause = votes("pause", Verdict.suspended, People.OLGA);
        before.settle();
        mesh.withoutDecision("approval");
        pause.withoutStatus();

        Case restored = mesh.request()
                .withUid("agreement-2")
                .annotated(Annotations.RESTORED_UID, "agreement-1")
                .settle();
        assertThat(restored.phase()).isEqualTo(Phase.Requested);
        assertThat(pause.outcome()).isEqualTo("Waiting/NotApproved");

        votes("approval", Verdict.approved, People.OLGA);
        assertThat(restored.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(pause.outcome()).isEqualTo("Taken/Taken");
    }

    // ---- guard and form

    @Test
    void withoutTheGuardNoDecisionCounts() {
        Case agreement = mesh.request().settle();
        mesh.guard(new Guard.Broken("install it"));
        DecisionDraft planted = votes("planted", Verdict.approved, People.OLGA);
        agreement.settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(planted.outcome()).isEqualTo("Waiting/DecisionsUnguarded");

        mesh.later(Duration.ofMinutes(1));
        mesh.guard(new Guard.Whole(mesh.now()));
        agreement.settle();
        assertThat(planted.outcome()).isEqualTo("Refused/DecisionsUnguarded");
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void whoDecidedAndByWhichVerbMustBeSaid() {
        Case agreement = mesh.request().settle();
        DecisionDraft nobody = mesh.decision("nobody").unstamped();
        agreement.settle();
        assertThat(nobody.outcome()).isEqualTo("Refused/DecisionIncomplete");
    }

    @Test
    void metadataThatNoStatusCanHoldIsRefused() {
        Case agreement = mesh.request().settle();
        Map<String, Object> deep = new HashMap<>();
        for (int level = 0; level < 40; level++) {
            deep = new HashMap<>(Map.of("a", deep));
        }
        DecisionDraft deepOne = votes("deep", Verdict.approved, People.OLGA).withMetadata(deep);
        DecisionDraft fat =
                votes("fat", Verdict.approved, People.OLGA).withMetadata(Map.of("text", "x".repeat(20_000)));
        agreement.settle();
        assertThat(deepOne.outcome()).isEqualTo("Refused/DecisionTooLong");
        assertThat(fat.outcome()).isEqualTo("Refused/DecisionTooLong");
        assertThat(fat.message()).startsWith("spec.metadata has at most");
    }

    @Test
    void theRecordHasRoomForDecadesOfRecertification() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        for (int year = 0; year < 70; year++) {
            mesh.later(Duration.ofDays(365));
            votes("year-" + year, Verdict.recertified, People.OLGA);
            agreement.settle();
        }
        assertThat(agreement.decisions())
                .hasSize(Records.MOST)
                .startsWith("approved by " + People.OLGA)
                .endsWith("recertified by " + People.OLGA);
        assertThat(agreement.lastDecision().at())
                .isEqualTo(mesh.now()
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString());
        assertThat(Instant.parse(agreement.lastDecision().at())).isEqualTo(mesh.now());

        mesh.later(Duration.ofDays(1));
        votes("stop", Verdict.revoked, People.OTTO);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }
}
