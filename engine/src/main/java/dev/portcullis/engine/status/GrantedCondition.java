package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.facts.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The condition Granted: True as long as anybody has the access by this agreement. */
final class GrantedCondition {
    /** The reason while the platform has been asked and has neither done nor refused it. */
    static final String WAITING = "WaitingForPlatform";

    private static final Set<ProvisioningStatus> SAID_ONCE =
            EnumSet.complementOf(EnumSet.of(ProvisioningStatus.Deprovisioned));

    private GrantedCondition() {}

    static void addTo(
            Conditions conditions,
            DataUsageAgreementStatus before,
            PhaseView view,
            @Nullable Provisioning provisioning,
            PlatformAnswer answer,
            boolean nothingNew) {
        if (provisioning == null) {
            conditions.add(AgreementConditions.GRANTED, false, "NotGranted", "nothing is granted: " + view.message());
            return;
        }
        String principals = String.join(", ", provisioning.principals());
        List<Problem> troubles = answer.troubles();
        if (troubles.isEmpty()
                && nothingNew
                && SAID_ONCE.contains(provisioning.status())
                && Conditions.find(before.conditions(), AgreementConditions.GRANTED)
                        .isPresent()) {
            conditions.repeat(AgreementConditions.GRANTED, before.conditions(), "Granted", "granted to " + principals);
            return;
        }
        switch (provisioning.status()) {
            case Provisioned -> addGranted(conditions, principals, answer);
            case Provisioning -> addProvisioning(conditions, answer);
            case ProvisioningFailed -> addTroubles(conditions, false, "ProvisioningFailed", troubles);
            case Deprovisioning -> addDeprovisioning(conditions, principals, view, answer);
            case Deprovisioned ->
                addTakenAway(conditions, before, provisioning, "taken away: " + view.message(), answer.notes());
            case DeprovisioningFailed -> addTroubles(conditions, true, "NotRevoked", troubles);
        }
    }

    private static void addProvisioning(Conditions conditions, PlatformAnswer answer) {
        if (answer.isWaiting()) {
            conditions.add(AgreementConditions.GRANTED, false, WAITING, answer.sentences());
        } else {
            conditions.add(AgreementConditions.GRANTED, false, "Provisioning", "the platform has not answered yet");
        }
    }

    private static void addDeprovisioning(
            Conditions conditions, String principals, PhaseView view, PlatformAnswer answer) {
        if (answer.isWaiting()) {
            // also what was only about to be granted may be held until the platform says otherwise
            conditions.add(AgreementConditions.GRANTED, true, "Deprovisioning", answer.sentences());
        } else {
            conditions.add(
                    AgreementConditions.GRANTED,
                    !principals.isEmpty(),
                    "Deprovisioning",
                    principals.isEmpty()
                            ? "nothing was granted as far as is known; the platform is asked once more"
                            : "being taken away from " + principals + ": " + view.message());
        }
    }

    /** What was said of the end stays said: later comparisons have nothing to do with it any more. */
    private static void addTakenAway(
            Conditions conditions,
            DataUsageAgreementStatus before,
            Provisioning provisioning,
            String message,
            List<Problem> notes) {
        boolean saidBefore = provisioning.equals(before.provisioning())
                && Conditions.find(before.conditions(), AgreementConditions.GRANTED)
                        .filter(said -> !said.reason().equals("Deprovisioned"))
                        .isPresent();
        if (!notes.isEmpty()) {
            conditions.add(
                    AgreementConditions.GRANTED,
                    false,
                    notes.get(0).reason(),
                    message + "; but " + Problem.sentences(notes));
        } else if (saidBefore) {
            conditions.repeat(AgreementConditions.GRANTED, before.conditions(), "Deprovisioned", message);
        } else {
            conditions.add(AgreementConditions.GRANTED, false, "Deprovisioned", message);
        }
    }

    private static void addGranted(Conditions conditions, String principals, PlatformAnswer answer) {
        if (answer.troubles().isEmpty() && !answer.isWaiting()) {
            conditions.add(
                    AgreementConditions.GRANTED,
                    true,
                    "Granted",
                    "granted to " + principals
                            + (answer.notes().isEmpty() ? "" : ": " + Problem.sentences(answer.notes())));
        } else {
            conditions.add(
                    AgreementConditions.GRANTED,
                    true,
                    "PartlyGranted",
                    "granted to " + principals + "; not granted: " + answer.sentences());
        }
    }

    private static void addTroubles(Conditions conditions, boolean held, String otherwise, List<Problem> troubles) {
        if (troubles.isEmpty()) {
            conditions.add(
                    AgreementConditions.GRANTED,
                    held,
                    otherwise,
                    "the platform refused and did not say why; it is tried again: the conditions of the port's DataPlatform tell more");
        } else {
            conditions.add(AgreementConditions.GRANTED, held, troubles.get(0).reason(), Problem.sentences(troubles));
        }
    }
}
