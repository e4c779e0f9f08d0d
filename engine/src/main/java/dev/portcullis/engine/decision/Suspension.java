package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import java.util.Optional;

/** Whether the provider has paused an agreement by decision. */
public final class Suspension {
    private Suspension() {}

    public static boolean isOn(Approval approval) {
        return by(approval).isPresent();
    }

    /** The decision that paused it, unless a later one has brought it back. */
    public static Optional<DecisionRecord> by(Approval approval) {
        return approval.decisions().stream()
                .filter(decision -> decision.decision() == Verdict.suspended || decision.decision() == Verdict.resumed)
                .reduce((earlier, later) -> later)
                .filter(last -> last.decision() == Verdict.suspended);
    }
}
