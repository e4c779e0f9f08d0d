package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
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
            List<Condition> before,
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
                && Conditions.find(before, AgreementConditions.GRANTED).isPresent()) {
            conditions.repeat(AgreementConditions.GRANTED, before, "Granted", "granted to " + principals);
            return;
        }
        switch (provisioning.status()) {
            case Provisioned -> addGranted(conditions, principals, answer);
            case Provisioning -> addProvisioning(conditions, answer);
            case ProvisioningFailed -> addTroubles(conditions, false, "ProvisioningFailed", troubles);
            case Deprovisioning -> addDeprovisioning(conditions, principals, view, answer);
            case Deprovisioned ->
                conditions.add(AgreementConditions.GRANTED, false, "Deprovisioned", "taken away: " + view.message());
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

    private static void addGranted(Conditions conditions, String principals, PlatformAnswer answer) {
        if (answer.troubles().isEmpty() && !answer.isWaiting()) {
            conditions.add(AgreementConditions.GRANTED, true, "Granted", "granted to " + principals);
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
            conditions.add(AgreementConditions.GRANTED, held, otherwise, "the platform refused; it is tried again");
        } else {
            conditions.add(AgreementConditions.GRANTED, held, troubles.get(0).reason(), Problem.sentences(troubles));
        }
    }
}
