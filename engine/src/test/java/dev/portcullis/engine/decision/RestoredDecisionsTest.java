package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.PortDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Decisions are worth for an agreement that a backup brought back without its status, once somebody has said which it was. */
class RestoredDecisionsTest {
    private static final String PAT = "pat@example.com";

    private final Mesh mesh = Mesh.standard();

    private Case restored() {
        return restored(1, 2);
    }

    @Test
    void aSuspensionIsNotLostWhileTheRequestWaitsOnceMore() {
        Case before = mesh.request().settle();
        mesh.decision("olga").says(Verdict.approved, People.OLGA);
        before.settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Suspended);

        mesh.later(Duration.ofMinutes(1));
        mesh.team("privacy").members(PAT);
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {provider: true}}, {from: {team: privacy}}]}}]}");
        Case after = restored().settle();
        assertThat(after.phase()).isEqualTo(Phase.Requested);
        assertThat(pause.outcome()).isEqualTo("Waiting/NotApproved");

        mesh.later(Duration.ofMinutes(1));
        mesh.decision("pat").says(Verdict.approved, PAT).asReviewer();
        assertThat(after.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(pause.outcome()).isEqualTo("Taken/Taken");
    }

    @Test
    void aPauseOutlastsAnyNumberOfRestores() {
        Case before = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        before.settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Suspended);

        for (int backup = 1; backup <= 20; backup++) {
            olga.withoutStatus();
            pause.withoutStatus();
            assertThat(restored(backup, backup + 1).settle().phase())
                    .as("backup " + backup)
                    .isEqualTo(Phase.Suspended);
        }
        assertThat(restored(15, 22).settle().phase()).as("of an older backup").isEqualTo(Phase.Suspended);
        assertThat(pause.build().getMetadata().getAnnotations().get(Annotations.AGREEMENT_UID))
                .hasSizeLessThan(300);

        Case another = mesh.request().withUid("agreement-23").settle();
        assertThat(another.phase()).as("where nobody says that it is the same").isEqualTo(Phase.Requested);
        assertThat(restored(23, 24).settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void whatARuleApprovesIsSuspendedInTheSameLook() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Suspended);
        pause.withoutStatus();

        Case after = restored();
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Suspended);
        assertThat(pause.outcome()).isEqualTo("Taken/Taken");
    }

    @Test
    void whatNamesTheRequestIsHeardBeforeARuleApproves() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        String request = before.status().snapshot().request();
        mesh.decision("pause").says(Verdict.suspended, People.OLGA).onRequest(request);

        Case fromARepository = mesh.request().withUid("agreement-2");
        assertThat(neverGrantedUntilItRests(fromARepository).phase()).isEqualTo(Phase.Suspended);
    }

    @Test
    void whatIsWrittenMeanwhileIsNoLessUnderGuard() {
        Case waits = mesh.request().settle();
        mesh.later(Duration.ofMinutes(1));
        mesh.guard(new Guard.Whole(mesh.now()));
        mesh.later(Duration.ofMinutes(1));
        waits.decided("approved", People.OLGA);
        mesh.decision("pause").says(Verdict.suspended, People.OLGA);

        assertThat(waits.look().phase()).as("put off").isEqualTo(Phase.Invalid);
        assertThat(waits.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(waits.approval().refusedDecision()).isNull();
    }

    /** Nobody holds others up by a Decision that is never written on again. */
    @Test
    void aDecisionThatIsFullHoldsNobodyUp() {
        mesh.port().autoApprove(true);
        mesh.decision("full").says(Verdict.suspended, People.OLGA).withMetadata(Map.of("x", "y".repeat(1_100_000)));
        mesh.decision("crowded").says(Verdict.suspended, People.OLGA).annotated("x/y", "z".repeat(200_000));
        mesh.decision("claimed")
                .says(Verdict.suspended, People.OLGA)
                .withMetadata(names(500))
                .appliedBy(20);

        assertThat(mesh.request().look().approval().status()).isEqualTo(ApprovalStatus.Approved);

        mesh.decision("usual")
                .says(Verdict.suspended, People.OLGA)
                .withMetadata(Map.of("x", "y".repeat(8000)))
                .appliedBy(8);
        assertThat(mesh.request().look().approval().status()).isEqualTo(ApprovalStatus.Requested);
    }

    private static Map<String, Object> names(int many) {
        return IntStream.range(0, many).boxed().collect(Collectors.toMap(i -> "x".repeat(120) + i, i -> "y"));
    }

    /** Whoever may only patch it: at most as much as decisions.portcullis.dev lets in. */
    @Test
    void aPauseThatOthersCrowdedIsWaitedForAllTheSame() {
        mesh.port().autoApprove(true);
        DecisionDraft pause = mesh.decision("pause")
                .says(Verdict.suspended, People.OLGA)
                .withMetadata(Map.of("x", "y".repeat(8000)))
                .annotated("pad/pad", "z".repeat(57_000))
                .appliedBy(16);
        IntStream.range(0, 23).forEach(i -> pause.annotated("x".repeat(250) + "/" + "y".repeat(61) + i, ""));
        IntStream.range(0, 16).forEach(i -> pause.labelled("x".repeat(250) + "/" + "y".repeat(61) + i, "z".repeat(63)));

        Case agreement = mesh.request();
        assertThat(neverGrantedUntilItRests(agreement).phase()).isEqualTo(Phase.Suspended);
    }

    @Test
    void aDecisionThatIsBeingDeletedHoldsNobodyUp() {
        mesh.port().autoApprove(true);
        mesh.decision("gone").says(Verdict.suspended, People.OLGA).beingDeleted();

        assertThat(mesh.request().look().approval().status()).isEqualTo(ApprovalStatus.Approved);
    }

    @Test
    void whatIsRejectedWaitsForNothing() {
        Case request = mesh.request().settle();
        mesh.decision("pause").says(Verdict.suspended, People.OLGA);

        assertThat(request.decided("rejected", People.OLGA).look().phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void whatWasRejectedIsNotApprovedByARuleOfToday() {
        Case before = mesh.request().settle();
        mesh.decision("olga").says(Verdict.rejected, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Rejected);
        mesh.port().autoApprove(true);

        assertThat(neverGrantedUntilItRests(restored()).phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void whatWasRevokedIsNotApprovedByARule() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        mesh.decision("enough").says(Verdict.revoked, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Revoked);

        assertThat(neverGrantedUntilItRests(restored()).phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void whereLessWasAllowedARuleOfTodayAllowsNoMore() {
        Case before = mesh.request().settle();
        DecisionDraft less =
                mesh.decision("olga").says(Verdict.approved, People.OLGA).until("2026-11-30");
        assertThat(before.settle().phase()).isEqualTo(Phase.Active);
        String ends = before.status().ends();
        less.withoutStatus();
        mesh.port().autoApprove(true);

        Case after = restored().settle();
        assertThat(after.phase()).isEqualTo(Phase.Active);
        assertThat(after.status().approval().rule()).isEqualTo("auto-approve");
        assertThat(after.status().ends()).isEqualTo(ends).startsWith("2026-1");
        assertThat(less.outcome()).isEqualTo("Taken/Taken");
    }

    /** As its approver let one table through, which the port does not offer any more, and a rule would approve the rest. */
    private DecisionDraft allowedForWhatIsGone() {
        mesh.port().tables("orders", "order_items");
        Case before = mesh.request().settle();
        DecisionDraft less =
                mesh.decision("olga").says(Verdict.approved, People.OLGA).only(only("order_items"));
        assertThat(before.settle().phase()).isEqualTo(Phase.Active);
        mesh.port().tables("orders").autoApprove(true);
        mesh.later(Duration.ofDays(1));
        return less.withoutStatus();
    }

    @Test
    void whereLessWasAllowedThatIsNotOfferedAnyMoreNoRuleAllowsTheRest() {
        DecisionDraft less = allowedForWhatIsGone();

        Case after = restored();
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Invalid);
        assertThat(after.ready()).isEqualTo("False/ApprovedForLess");
        assertThat(after.message("Ready"))
                .contains("Decision olga in namespace checkout", "files another Decision, approved or rejected");
        assertThat(less.outcome()).isEqualTo("Waiting/NotValidYet");

        mesh.later(Duration.ofMinutes(1));
        mesh.decision("pat").says(Verdict.approved, PAT).asReviewer();
        assertThat(neverGrantedUntilItRests(after).phase()).as("who has no say").isEqualTo(Phase.Invalid);

        mesh.later(Duration.ofMinutes(1));
        mesh.decision("again").says(Verdict.approved, People.OLGA);
        assertThat(after.settle().phase()).isEqualTo(Phase.Active);
        assertThat(after.decisions()).containsExactly("approved by " + People.OLGA, "approved by rule/auto-approve");
    }

    @Test
    void whereLessWasAllowedThatIsNotOfferedAnyMoreItCanBeRejected() {
        allowedForWhatIsGone();
        Case after = restored().settle();

        mesh.later(Duration.ofMinutes(1));
        mesh.decision("no").says(Verdict.rejected, People.OLGA);

        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Rejected);
    }

    /** As kubectl agreement has it: what was looked at is named. */
    @Test
    void whereLessWasAllowedOfAnotherRequestNoRuleAllowsTheRest() {
        Case before = mesh.request().settle();
        mesh.decision("olga")
                .says(Verdict.approved, People.OLGA)
                .onRequest(before.status().snapshot().request())
                .only(only("orders"));
        assertThat(before.settle().phase()).isEqualTo(Phase.Active);
        mesh.port().tables("orders", "order_items", "customers").autoApprove(true);
        mesh.later(Duration.ofDays(1));

        Case after = restored();
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Invalid);
        assertThat(after.ready()).isEqualTo("False/ApprovedForLess");
    }

    /** Refused while people were asked, and no less said for that. */
    @Test
    void whereLessWasAllowedNoRuleThatComesLaterAllowsMore() {
        DecisionDraft less = allowedForWhatIsGone();
        mesh.port().autoApprove(false);
        Case after = restored().settle();
        assertThat(after.phase()).isEqualTo(Phase.Requested);
        assertThat(less.outcome()).isEqualTo("Refused/SelectBeyondRequest");

        Guard whole = mesh.guard();
        mesh.guard(new Guard.Broken("install it"));
        mesh.port().autoApprove(true);
        assertThat(neverGrantedUntilItRests(after).phase()).as("unguarded").isEqualTo(Phase.Invalid);
        mesh.guard(whole);

        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Invalid);
        assertThat(after.ready()).isEqualTo("False/ApprovedForLess");
    }

    private static SelectedObjects only(String table) {
        return new SelectedObjects(List.of(new Table(table, List.of())), null);
    }

    @Test
    void whereSomebodyWithoutASayAllowedLessARuleDecides() {
        mesh.port().tables("orders", "order_items");
        Case before = mesh.request().settle();
        mesh.decision("pat").says(Verdict.approved, PAT).asReviewer().only(only("order_items"));
        before.settle();
        mesh.port().tables("orders").autoApprove(true);
        mesh.later(Duration.ofDays(1));

        assertThat(restored().settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whereFewerTablesWereAllowedARuleOfTodayAllowsNoMore() {
        Case before = mesh.request().settle();
        DecisionDraft less =
                mesh.decision("olga").says(Verdict.approved, People.OLGA).only(PortDraft.selected(null, "orders"));
        before.settle();
        assertThat(before.granted()).containsExactly(People.TAYLOR + ": orders");
        less.withoutStatus();
        mesh.port().autoApprove(true);

        Case after = restored().settle();
        assertThat(after.approval().rule()).isEqualTo("auto-approve");
        assertThat(after.granted()).isEqualTo(before.granted());
    }

    @Test
    void whereAllWasAllowedARuleOfTodayDecidesAlone() {
        Case before = mesh.request().settle();
        DecisionDraft all = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        before.settle();
        all.withoutStatus();
        mesh.port().autoApprove(true);

        assertThat(restored().settle().decisions()).containsExactly("approved by rule/auto-approve");
    }

    /** Whatever is left of what was said of it. */
    @Test
    void whatNamesTheRequestAndWasForAnotherAgreementIsNotTakenForThis() {
        Case before = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga")
                .says(Verdict.approved, People.OLGA)
                .onRequest(before.status().snapshot().request());
        assertThat(before.settle().phase()).isEqualTo(Phase.Active);

        olga.withoutAnnotation();

        assertThat(mesh.request().withUid("agreement-2").settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void withoutTheGuardNoRuleApprovesOverWhatCannotBeHeard() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        before.settle();
        pause.withoutStatus();
        Guard whole = mesh.guard();

        mesh.guard(new Guard.Broken("install it"));
        Case after = restored();
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Invalid);
        assertThat(mesh.request().withUid("agreement-3").settle().phase())
                .as("what nobody restored goes on by rule")
                .isEqualTo(Phase.Active);
        mesh.guard(whole);
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Suspended);
    }

    @Test
    void withoutTheGuardARuleApprovesOverWhatNeverCounted() {
        Case request = mesh.request().settle();
        mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        mesh.bind(request);
        mesh.guard(new Guard.Broken("install it"));
        mesh.port().autoApprove(true);

        assertThat(request.look().approval().status()).isEqualTo(ApprovalStatus.Approved);
    }

    @Test
    void aStatusThatCameBackWithNewUidsGivesNothingAndEndsNothing() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        mesh.later(Duration.ofMinutes(1));
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Suspended);
        mesh.later(Duration.ofDays(1));
        mesh.port().uid("port-restored");

        Case after = mesh.request().withUid("agreement-2").backTo(before.status());
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Invalid);
        assertThat(after.condition("Ready")).isEqualTo("False/RestoredStatus");
        assertThat(after.decisions()).doesNotContain("revoked by rule/port-replaced");

        after.annotated(Annotations.RESTORED_UID, "agreement-1");
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Suspended);
        assertThat(pause.outcome()).isEqualTo("Taken/Taken");
        mesh.later(Duration.ofMinutes(1));
        mesh.decision("again").says(Verdict.resumed, People.OLGA);
        assertThat(after.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whatWasRevokedStaysSoInAStatusThatCameBackWithNewUids() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        before.decided("revoked", People.OLGA);
        assertThat(before.settle().phase()).isEqualTo(Phase.Revoked);

        Case after = mesh.request()
                .withUid("agreement-2")
                .annotated(Annotations.RESTORED_UID, "agreement-1")
                .backTo(before.status());
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Revoked);
    }

    /** It was written on what the status said then, and that was another's. */
    @Test
    void anApprovalOfWhatAStatusOfAnotherSaysIsTooEarly() {
        Case before = mesh.request().settle();
        mesh.later(Duration.ofDays(1));
        Case after = mesh.request().withUid("agreement-2").backTo(before.status());
        after.settle();
        mesh.later(Duration.ofHours(1));
        DecisionDraft olga = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        after.settle();
        mesh.later(Duration.ofHours(1));
        mesh.port().tables("orders", "order_items", "customers");

        after.annotated(Annotations.RESTORED_UID, "agreement-1");
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Requested);
        assertThat(olga.outcome()).isEqualTo("Refused/TooEarly");
    }

    @Test
    void whatIsRevokedBeforeAnybodySaysWhichItWasIsNotApprovedByARule() {
        mesh.port().autoApprove(true);
        Case before = mesh.request().settle();
        mesh.later(Duration.ofDays(1));
        Case after = mesh.request().withUid("agreement-2").backTo(before.status());
        after.settle();
        mesh.later(Duration.ofHours(1));
        after.decided("revoked", People.OLGA);
        after.settle();
        mesh.later(Duration.ofHours(1));

        after.annotated(Annotations.RESTORED_UID, "agreement-1");
        assertThat(neverGrantedUntilItRests(after).phase()).isEqualTo(Phase.Revoked);
    }

    private Case neverGrantedUntilItRests(Case agreement) {
        for (int look = 0; look < 6; look++) {
            agreement.look();
            assertThat(agreement.granted()).as("look " + look).isEmpty();
            mesh.tend(agreement.object());
        }
        return agreement;
    }

    @Test
    void whatNamesTheRequestOutlastsARestoreThatIsNotValid() {
        Case before = mesh.request().settle();
        mesh.decision("olga")
                .says(Verdict.approved, People.OLGA)
                .onRequest(before.status().snapshot().request());
        before.settle();

        mesh.port().lifecycle(Lifecycle.Proposed);
        assertThat(restored(1, 2).settle().phase()).isEqualTo(Phase.Invalid);
        mesh.port().lifecycle(Lifecycle.Active);
        assertThat(restored(2, 3).settle().phase()).isEqualTo(Phase.Active);
    }

    private Case restored(int was, int is) {
        return mesh.request().withUid("agreement-" + is).annotated(Annotations.RESTORED_UID, "agreement-" + was);
    }

    @Test
    void whatNamesTheRequestIsNotTakenForAnother() {
        Case before = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga")
                .says(Verdict.approved, People.OLGA)
                .onRequest(before.status().snapshot().request());
        assertThat(before.settle().phase()).isEqualTo(Phase.Active);

        mesh.port().tables("orders", "order_items", "customers");
        Case after = restored().settle();

        assertThat(after.phase()).as("the port offers more by now").isEqualTo(Phase.Requested);
        assertThat(olga.outcome()).isEqualTo("Taken/Taken");
        assertThat(after.granted()).isEmpty();
    }

    @Test
    void whatNamesTheRequestIsTakenForTheSame() {
        Case before = mesh.request().settle();
        mesh.decision("olga")
                .says(Verdict.approved, People.OLGA)
                .onRequest(before.status().snapshot().request());
        before.settle();

        assertThat(restored().settle().phase()).isEqualTo(Phase.Active);
    }
}
