package dev.portcullis.engine.cases;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import java.util.List;
import java.util.Objects;

/** What a request has come to, by its status, in the words of cases. */
record Ending(Approval approval, Phase phase, List<Condition> conditions) {
    static Ending of(DataUsageAgreementStatus status) {
        return new Ending(
                Objects.requireNonNull(status.approval()), Objects.requireNonNull(status.phase()), status.conditions());
    }

    Outcome outcome() {
        return switch (approval.status()) {
            case Approved -> Outcome.approved;
            case Rejected -> Outcome.rejected;
            case Requested ->
                switch (phase) {
                    case Invalid -> Outcome.invalid;
                    case Expired -> Outcome.expired;
                    default -> Outcome.requested;
                };
        };
    }

    /** Of what is decided the reason on record; else what the conditions say of the waiting. */
    String reason() {
        List<DecisionRecord> decisions = approval.decisions();
        if (approval.status() != ApprovalStatus.Requested && !decisions.isEmpty()) {
            return Objects.requireNonNullElse(
                    decisions.get(decisions.size() - 1).reason(), "");
        }
        String telling = outcome() == Outcome.requested ? "Approved" : "Ready";
        return conditions.stream()
                .filter(condition -> condition.type().equals(telling))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }
}
