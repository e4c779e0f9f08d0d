package dev.portcullis.engine.facts;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the decisions on record come to. Several votes may precede an approval, and much may follow it: nothing is told by which is the last of all. */
public record DecisionsOnRecord(ApprovalStatus status, List<DecisionRecord> all) {
    public static DecisionsOnRecord of(Approval approval) {
        return new DecisionsOnRecord(approval.status(), approval.decisions());
    }

    /** What took an approval back, for good. */
    public Optional<DecisionRecord> revocation() {
        return last(Verdict.revoked);
    }

    /** What the request was rejected by. */
    public Optional<DecisionRecord> rejection() {
        return status == ApprovalStatus.Rejected ? last(Verdict.rejected) : Optional.empty();
    }

    /** The vote that completed the approval. What comes after it approves nothing once more, and so makes no access longer. */
    public Optional<DecisionRecord> approval() {
        return status == ApprovalStatus.Approved
                ? all.stream()
                        .takeWhile(decision -> decision.decision() == Verdict.approved)
                        .reduce((earlier, later) -> later)
                : Optional.empty();
    }

    /** What pauses the agreement for the provider: the last of suspended and resumed says whether anything does. */
    public Optional<DecisionRecord> pause() {
        return all.stream()
                .filter(decision -> decision.decision() == Verdict.suspended || decision.decision() == Verdict.resumed)
                .reduce((earlier, later) -> later)
                .filter(decision -> decision.decision() == Verdict.suspended);
    }

    /** The last that says that the access stays. */
    public Optional<DecisionRecord> recertification() {
        return last(Verdict.recertified);
    }

    /** Those that allow the access, each of which may make it shorter. */
    public Stream<DecisionRecord> allowing() {
        return all.stream()
                .filter(decision ->
                        decision.decision() == Verdict.approved || decision.decision() == Verdict.recertified);
    }

    private Optional<DecisionRecord> last(Verdict verdict) {
        return all.stream().filter(decision -> decision.decision() == verdict).reduce((earlier, later) -> later);
    }
}
