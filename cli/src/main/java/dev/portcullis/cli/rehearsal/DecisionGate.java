package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.decision.WrittenDecision;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says whether the API server lets a decision be written into the annotations of an agreement, as agreements.portcullis.dev has it: by whom, and when. Of people in
 * groups nobody knows here what they may do. What the operator judges (four eyes, for one) is not asked here.
 */
final class DecisionGate {
    private final Appliers appliers;
    private final Rights rights;

    DecisionGate(Appliers appliers, Rights rights) {
        this.appliers = appliers;
        this.rights = rights;
    }

    /** @param stored the agreement as it would be stored */
    Optional<RefusedDecision> refusal(DataUsageAgreement stored, Optional<DataUsageAgreement> before) {
        Optional<WrittenDecision> written = WrittenDecision.in(stored.getMetadata());
        Optional<WrittenDecision> was =
                before.map(DataUsageAgreement::getMetadata).flatMap(WrittenDecision::in);
        if (written.isEmpty() || was.map(WrittenDecision::name).equals(written.map(WrittenDecision::name))) {
            return Optional.empty();
        }
        WrittenDecision decision = written.get();
        return appliers.in(stored.getMetadata().getNamespace())
                .flatMap(user -> byRight(user, decision, stored, before))
                .or(() -> before.flatMap(there -> byState(decision, there)))
                .map(message -> new RefusedDecision(
                        Mesh.key(
                                stored.getMetadata().getNamespace(),
                                stored.getMetadata().getName()),
                        decision,
                        message));
    }

    private Optional<String> byRight(
            String user, WrittenDecision decision, DataUsageAgreement stored, Optional<DataUsageAgreement> before) {
        var provider = stored.getSpec().provider();
        String port = "OutputPort " + provider.outputPort() + " in namespace " + provider.namespace();
        boolean decides = rights.may(user, "decide", provider.namespace(), provider.outputPort());
        if (decides) {
            return recorder(user, decision);
        }
        String unknown = " by the Roles and bindings that are known here " + user + " has not";
        if (before.isEmpty()) {
            return Optional.of("a decision that comes with a new agreement needs the verb decide on " + port + ","
                    + " which" + unknown
                    + ", so the API server takes neither: request first, and decide when the operator has seen it");
        }
        if (!rights.may(user, "approve", provider.namespace(), provider.outputPort())) {
            return Optional.of("it needs the verb approve or decide on " + port + ", which" + unknown
                    + ", so the API server does not take it: somebody who has it decides");
        }
        boolean isExternal = approval(before.get())
                .filter(so -> so.workflow() == Workflow.External)
                .isPresent();
        if (isExternal && !isRevocation(decision)) {
            return Optional.of("the workflow is External, so it needs the verb decide on " + port + ", which" + unknown
                    + ": the system that decides records it");
        }
        return decision.by().equals(user)
                ? recorder(user, decision)
                : Optional.of("to record what another decided needs the verb decide on " + port + ", which" + unknown
                        + ": " + decision.by() + " decides, or leave portcullis.dev/decided-by out");
    }

    private static Optional<String> recorder(String user, WrittenDecision decision) {
        return decision.recordedBy().equals(user)
                ? Optional.empty()
                : Optional.of("portcullis.dev/recorded-by has to be " + user
                        + ", who writes it, so the API server does not take it: leave the annotation out");
    }

    /** Whether it comes too late; one that was not taken may be written once more. */
    private static Optional<String> byState(WrittenDecision decision, DataUsageAgreement before) {
        Optional<ApprovalStatus> state =
                approval(before).filter(so -> so.refusedDecision() == null).map(Approval::status);
        if (state.isEmpty() || state.get() == ApprovalStatus.Requested) {
            return Optional.empty();
        }
        return state.get() == ApprovalStatus.Approved && isRevocation(decision)
                ? Optional.empty()
                : Optional.of("the agreement is " + state.get() + " already, so the API server does not take it: "
                        + (state.get() == ApprovalStatus.Approved
                                ? "it can only be revoked"
                                : "request another agreement"));
    }

    private static boolean isRevocation(WrittenDecision decision) {
        return decision.verdict().equals(Optional.of(Verdict.revoked));
    }

    private static Optional<Approval> approval(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus()).map(DataUsageAgreementStatus::approval);
    }

    /** Puts back what the annotations said before. */
    static void undo(DataUsageAgreement stored, Optional<DataUsageAgreement> before) {
        Map<String, String> annotations = new TreeMap<>(stored.getMetadata().getAnnotations());
        Map<String, String> was = before.map(DataUsageAgreement::getMetadata)
                .map(metadata -> Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()))
                .orElse(Map.of());
        for (String key : Admission.RECORD) {
            annotations.remove(key);
            Optional.ofNullable(was.get(key)).ifPresent(value -> annotations.put(key, value));
        }
        stored.getMetadata().setAnnotations(annotations);
    }
}
