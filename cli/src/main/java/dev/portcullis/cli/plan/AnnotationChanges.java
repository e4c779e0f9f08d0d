package dev.portcullis.cli.plan;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.cli.rehearsal.RefusedDecision;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Via;
import dev.portcullis.engine.decision.WrittenDecision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of decisions that a change writes on agreements. */
final class AnnotationChanges {
    /** The API server knows who writes; here it has to be said. */
    static final String NOBODY =
            "it does not say who decided, and nobody is said to apply the change: name them with --as USER, or with --as-in NAMESPACE=USER";

    private final Settled before;
    private final Settled after;
    private final List<RefusedDecision> refused;

    /** @param refused what the API server does not let in */
    AnnotationChanges(Settled before, Settled after, List<RefusedDecision> refused) {
        this.before = before;
        this.after = after;
        this.refused = refused;
    }

    List<DecisionChange> all() {
        Stream<DecisionChange> letIn = after.mesh().agreements().entrySet().stream()
                .flatMap(entry ->
                        of(Optional.ofNullable(before.mesh().agreements().get(entry.getKey())), entry.getValue())
                                .stream());
        return Stream.concat(refused.stream().map(this::change), letIn).toList();
    }

    private DecisionChange change(RefusedDecision refusal) {
        DataUsageAgreement agreement =
                Objects.requireNonNull(after.mesh().agreements().get(refusal.agreement()));
        return change(agreement, refusal.decision(), "Refused", "NotEntitled", refusal.message());
    }

    private static Optional<DecisionChange> of(Optional<DataUsageAgreement> was, DataUsageAgreement is) {
        Optional<WrittenDecision> written = WrittenDecision.in(is.getMetadata());
        Optional<String> earlier = was.map(DataUsageAgreement::getMetadata)
                .flatMap(WrittenDecision::in)
                .map(WrittenDecision::name);
        if (written.isEmpty() || written.map(WrittenDecision::name).equals(earlier)) {
            return Optional.empty();
        }
        WrittenDecision decision = written.get();
        Approval approval = Objects.requireNonNull(is.getStatus().approval());
        if (decision.name().equals(approval.refusedDecision())) {
            Optional<Condition> why = is.getStatus().conditions().stream()
                    .filter(condition -> condition.type().equals("Approved"))
                    .findFirst();
            return Optional.of(change(
                    is,
                    decision,
                    "Refused",
                    why.map(Condition::reason).orElse(""),
                    decision.by().isBlank() || decision.recordedBy().isBlank()
                            ? NOBODY
                            : why.map(Condition::message).orElse("")));
        }
        return Optional.of(
                isOnRecord(decision, approval)
                        ? change(is, decision, "Taken", "Taken", "")
                        : change(
                                is,
                                decision,
                                "Waiting",
                                "NotDecidedYet",
                                "it is taken when the agreement is "
                                        + (decision.decision().equals("revoked") ? "approved" : "a valid request")
                                        + "; what was decided in the cluster is not known of folders"));
    }

    private static boolean isOnRecord(WrittenDecision written, Approval approval) {
        return approval.decisions().stream()
                .anyMatch(record -> record.via() == DecisionRecord.Via.Annotation
                        && record.decision().name().equals(written.decision())
                        && record.by().equals(written.by()));
    }

    private static DecisionChange change(
            DataUsageAgreement agreement, WrittenDecision decision, String outcome, String reason, String message) {
        Name name = new Name(
                agreement.getMetadata().getNamespace(), agreement.getMetadata().getName());
        @Nullable String by = decision.by().isEmpty() ? null : decision.by();
        return new DecisionChange(Via.Annotation, name, name, decision.decision(), by, outcome, reason, message);
    }
}
