package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import java.util.Optional;

/**
 * What has been said of a request and cannot be heard yet. A suspension that is heard a moment after the approval comes too late: somebody had the access
 * whom nobody allowed it.
 */
final class Unheard {
    private final OpenDecisions open;

    Unheard(OpenDecisions open) {
        this.open = open;
    }

    /** Why nothing is approved yet. */
    Optional<Problem> on(DataUsageAgreement agreement, Approval so, Snapshot snapshot, Guard guard) {
        Optional<FiledDecision> unbound = open.unbound(agreement, so, snapshot).findFirst();
        if (unbound.isPresent()) {
            return Optional.of(Problem.healing(
                    "DecisionNotHeard",
                    "Decision " + unbound.get().reference().name() + " in namespace "
                            + unbound.get().namespace()
                            + " may be about it and is looked at first: that takes moments, and is done by itself"));
        }
        return guard instanceof Guard.Broken broken
                        && (open.of(agreement, so, snapshot).stream().anyMatch(filed -> filed.isRestoredFor(agreement))
                                || !open.restoredForLess(agreement, so).isEmpty())
                ? Optional.of(Problem.healing(
                        "DecisionNotHeard",
                        "it came back from a backup, and what was decided on it then cannot be heard: "
                                + broken.message()))
                : Optional.empty();
    }
}
