package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.decision.Decider;
import dev.portcullis.engine.decision.Ruling;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.lifecycle.Standing;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of an agreement: Ready, Approved, Granted, and Stalled where only a new request helps. */
final class AgreementConditions {
    static final String READY = "Ready";
    static final String APPROVED = "Approved";
    static final String GRANTED = "Granted";
    static final String STALLED = "Stalled";

    private AgreementConditions() {}

    /** @param troubles what the platform refused, for exactly what is asked now */
    static void addTo(
            Conditions conditions,
            List<Condition> before,
            PhaseView view,
            Standing standing,
            Approval approval,
            Ruling ruling,
            @Nullable Provisioning provisioning,
            List<Problem> troubles) {
        addReady(conditions, view, provisioning, troubles);
        addApproved(conditions, before, view, approval, ruling);
        addGranted(conditions, before, view, provisioning, troubles);
        boolean onlyANewRequestHelps = PhaseView.problem(standing)
                .filter(problem -> problem.remedy() == Problem.Remedy.NEW_REQUEST)
                .isPresent();
        if (view.phase() == Phase.Rejected || onlyANewRequestHelps) {
            conditions.add(STALLED, true, view.reason(), view.message());
        }
    }

    private static void addReady(
            Conditions conditions, PhaseView view, @Nullable Provisioning provisioning, List<Problem> troubles) {
        if (view.phase() == Phase.Rejected) {
            conditions.add(READY, false, view.reason(), view.message());
        } else if (view.isEnded()) {
            boolean gone = provisioning == null || provisioning.status() == ProvisioningStatus.Deprovisioned;
            if (gone) {
                conditions.add(READY, true, "Ended", view.message());
            } else {
                conditions.add(READY, false, "Revoking", view.message() + "; the access is being taken away");
            }
        } else if (view.phase() == Phase.Provisioning && !troubles.isEmpty()) {
            conditions.add(READY, false, troubles.get(0).reason(), sentences(troubles));
        } else {
            conditions.add(READY, view.phase() == Phase.Active, view.reason(), view.message());
        }
    }

    private static void addApproved(
            Conditions conditions, List<Condition> before, PhaseView view, Approval approval, Ruling ruling) {
        if (ruling instanceof Ruling.Refused refused) {
            conditions.add(
                    APPROVED,
                    approval.status() == ApprovalStatus.Approved,
                    refused.why().reason(),
                    "the decision \"" + refused.decision().decision() + "\" by "
                            + refused.decision().by() + " is not taken: "
                            + refused.why().message()
                            + ". Give the new decision a portcullis.dev/decision-reason of its own: writing the same value"
                            + " again changes nothing");
        } else if (ruling instanceof Ruling.StillRefused) {
            Condition said = Conditions.find(before, APPROVED).orElse(null);
            conditions.add(
                    APPROVED,
                    approval.status() == ApprovalStatus.Approved,
                    said == null ? "DecisionRefused" : said.reason(),
                    said == null ? "the decision was not taken: decide again" : said.message());
        } else if (approval.decisions().isEmpty()) {
            conditions.add(APPROVED, false, view.reason(), view.message());
        } else {
            DecisionRecord last = approval.decisions().get(approval.decisions().size() - 1);
            conditions.add(
                    APPROVED,
                    approval.status() == ApprovalStatus.Approved && !Decider.isRevoked(approval),
                    switch (last.decision()) {
                        case approved -> "Approved";
                        case rejected -> "Rejected";
                        case revoked -> "Revoked";
                    },
                    last.decision() + " by " + last.by() + (last.reason() == null ? "" : ": " + last.reason()));
        }
    }

    private static void addGranted(
            Conditions conditions,
            List<Condition> before,
            PhaseView view,
            @Nullable Provisioning provisioning,
            List<Problem> troubles) {
        if (provisioning == null) {
            conditions.add(GRANTED, false, "NotGranted", "nothing is granted: " + view.message());
            return;
        }
        String principals = String.join(", ", provisioning.principals());
        if (!troubles.isEmpty()) {
            boolean some = provisioning.status() == ProvisioningStatus.Provisioned;
            conditions.add(
                    GRANTED,
                    some,
                    some ? "PartlyGranted" : troubles.get(0).reason(),
                    (some ? "granted to " + principals + "; not granted: " : "") + sentences(troubles));
            return;
        }
        Condition said = Conditions.find(before, GRANTED).orElse(null);
        switch (provisioning.status()) {
            case Provisioned -> conditions.add(GRANTED, true, "Granted", "granted to " + principals);
            case Provisioning -> conditions.add(GRANTED, false, "Provisioning", "the platform has not answered yet");
            case Deprovisioning ->
                conditions.add(
                        GRANTED, true, "Deprovisioning", "being taken away from " + principals + ": " + view.message());
            case Deprovisioned -> conditions.add(GRANTED, false, "Deprovisioned", "taken away: " + view.message());
            // no report since the start of the operator: what was said stands
            case ProvisioningFailed, DeprovisioningFailed ->
                conditions.add(
                        GRANTED,
                        provisioning.status() == ProvisioningStatus.DeprovisioningFailed,
                        said == null ? "Failed" : said.reason(),
                        said == null ? "the platform refused" : said.message());
        }
    }

    private static String sentences(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining("; "));
    }
}
