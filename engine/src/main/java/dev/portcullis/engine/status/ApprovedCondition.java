package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.engine.decision.Decider;
import dev.portcullis.engine.decision.NotTaken;
import dev.portcullis.engine.decision.WrittenDecision;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The condition Approved: the decision that tells how it is, or why a written one is not taken. */
final class ApprovedCondition {
    private static final String NOT_TAKEN = " is not taken: ";

    private ApprovedCondition() {}

    static void addTo(Conditions conditions, List<Condition> before, PhaseView view, Judgement judgement) {
        Approval approval = judgement.approval();
        boolean approved = approval.status() == ApprovalStatus.Approved && !Decider.isRevoked(approval);
        @Nullable NotTaken notTaken = judgement.ruling().notTaken().orElse(null);
        if (notTaken instanceof NotTaken.Anew refused) {
            conditions.add(
                    AgreementConditions.APPROVED,
                    approved,
                    refused.why().reason(),
                    refusal(refused.decision(), refused.why()));
        } else if (notTaken instanceof NotTaken.Still still) {
            addStillRefused(conditions, before, approved, still);
        } else if (approval.status() == ApprovalStatus.Requested) {
            conditions.add(AgreementConditions.APPROVED, false, view.reason(), view.message());
        } else {
            DecisionRecord telling = telling(approval);
            conditions.add(
                    AgreementConditions.APPROVED,
                    approved,
                    switch (telling.decision()) {
                        case approved, recertified, suspended, resumed -> "Approved";
                        case rejected -> "Rejected";
                        case revoked -> "Revoked";
                    },
                    telling.decision() + " by " + telling.by()
                            + (telling.reason() == null ? "" : ": " + telling.reason()));
        }
    }

    /** What ended it, whatever was said since; else what was said last. */
    private static DecisionRecord telling(Approval approval) {
        DecisionsOnRecord decisions = DecisionsOnRecord.of(approval);
        return decisions
                .revocation()
                .or(decisions::rejection)
                .orElseGet(() -> approval.decisions().get(approval.decisions().size() - 1));
    }

    /** Why it was refused may not be seen any more (the guard is whole again); then what was said then stands, or at least that it was refused. */
    private static void addStillRefused(
            Conditions conditions, List<Condition> before, boolean approved, NotTaken.Still still) {
        Optional<Condition> said = Conditions.find(before, AgreementConditions.APPROVED)
                .filter(condition -> condition.message().contains(NOT_TAKEN));
        if (still.why().isPresent()) {
            Problem why = still.why().get();
            conditions.add(AgreementConditions.APPROVED, approved, why.reason(), refusal(still.decision(), why));
        } else {
            conditions.add(
                    AgreementConditions.APPROVED,
                    approved,
                    said.map(Condition::reason).orElse("DecisionRefused"),
                    said.map(Condition::message)
                            .orElseGet(() -> refusal(
                                    still.decision(),
                                    Problem.healing("DecisionRefused", "it was refused when it was first seen"))));
        }
    }

    private static String refusal(WrittenDecision decision, Problem why) {
        String by = decision.by().isBlank() ? "" : " by " + decision.by();
        return "the decision \"" + decision.decision() + "\"" + by + NOT_TAKEN + why.message()
                + ". Give the new decision a portcullis.dev/decision-reason of its own: writing the same value again changes"
                + " nothing";
    }
}
