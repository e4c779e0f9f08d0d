package dev.portcullis.engine.status;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.facts.Problem;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conditions of an agreement: Ready, Approved, Granted, and Stalled where only a new request helps. */
final class AgreementConditions {
    static final String READY = "Ready";
    static final String APPROVED = "Approved";
    static final String GRANTED = "Granted";
    static final String STALLED = "Stalled";

    private AgreementConditions() {}

    /**
     * @param answer the platform's, to exactly what is asked now
     */
    static void addTo(
            Conditions conditions,
            DataUsageAgreementStatus before,
            PhaseView view,
            Judgement judgement,
            @Nullable Provisioning provisioning,
            PlatformAnswer answer) {
        boolean nothingNew = !answer.isThere() && Objects.equals(provisioning, before.provisioning());
        ApprovedCondition.addTo(conditions, before.conditions(), view, judgement);
        Optional<Condition> refusal = Conditions.find(conditions.build(), APPROVED)
                .filter(approved ->
                        view.phase() == Phase.Requested && !approved.reason().equals(view.reason()));
        if (refusal.isPresent()) {
            // the one thing to know of a request that waits: the decision it got was not taken
            conditions.add(READY, false, refusal.get().reason(), refusal.get().message());
        } else {
            addReady(conditions, before, view, provisioning, answer, nothingNew);
        }
        GrantedCondition.addTo(conditions, before, view, provisioning, answer, nothingNew);
        boolean onlyANewRequestHelps = PhaseView.problem(judgement.standing())
                .filter(problem -> problem.remedy() == Problem.Remedy.NEW_REQUEST)
                .isPresent();
        if (view.phase() == Phase.Rejected || onlyANewRequestHelps) {
            conditions.add(STALLED, true, view.reason(), view.message());
        }
    }

    private static void addReady(
            Conditions conditions,
            DataUsageAgreementStatus before,
            PhaseView view,
            @Nullable Provisioning provisioning,
            PlatformAnswer answer,
            boolean nothingNew) {
        if (view.phase() == Phase.Rejected) {
            conditions.add(READY, false, view.reason(), view.message());
        } else if (view.isEnded()) {
            if (provisioning == null || provisioning.status() == ProvisioningStatus.Deprovisioned) {
                conditions.add(READY, true, "Ended", view.message());
            } else if (nothingNew && before.phase() == view.phase()) {
                conditions.repeat(READY, before.conditions(), "Revoking", view.message());
            } else {
                conditions.add(
                        READY,
                        false,
                        "Revoking",
                        view.message() + "; the access is being taken away"
                                + (answer.isWaiting() ? ": " + answer.sentences() : where(provisioning.platform())));
            }
        } else if (view.phase() == Phase.Provisioning && answer.isWaiting()) {
            conditions.add(READY, false, GrantedCondition.WAITING, answer.sentences());
        } else if (view.phase() == Phase.Provisioning && !answer.troubles().isEmpty()) {
            conditions.add(READY, false, answer.troubles().get(0).reason(), answer.sentences());
        } else if (view.phase() == Phase.Active
                && (answer.isWaiting() || !answer.troubles().isEmpty())) {
            conditions.add(READY, true, "PartlyGranted", view.message() + "; not granted: " + answer.sentences());
        } else if (nothingNew
                && before.phase() == view.phase()
                && (view.phase() == Phase.Provisioning || view.phase() == Phase.Active)) {
            conditions.repeat(READY, before.conditions(), view.reason(), view.message());
        } else {
            conditions.add(READY, view.phase() == Phase.Active, view.reason(), view.message());
        }
    }

    private static String where(@Nullable String platform) {
        return platform == null
                ? ""
                : " on DataPlatform " + platform
                        + ", whose conditions say whether it answers (where it is gone for good: " + Annotations.ORPHAN
                        + ")";
    }
}
