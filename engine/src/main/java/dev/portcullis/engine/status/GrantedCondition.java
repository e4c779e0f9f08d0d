package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.facts.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The condition Granted: True as long as anybody has the access by this agreement. */
final class GrantedCondition {
    private static final Set<ProvisioningStatus> SAID_ONCE = Set.of(
            ProvisioningStatus.Provisioned,
            ProvisioningStatus.ProvisioningFailed,
            ProvisioningStatus.DeprovisioningFailed);

    private GrantedCondition() {}

    static void addTo(
            Conditions conditions,
            List<Condition> before,
            PhaseView view,
            @Nullable Provisioning provisioning,
            List<Problem> troubles,
            boolean nothingNew) {
        if (provisioning == null) {
            conditions.add(AgreementConditions.GRANTED, false, "NotGranted", "nothing is granted: " + view.message());
            return;
        }
        String principals = String.join(", ", provisioning.principals());
        if (troubles.isEmpty() && nothingNew && SAID_ONCE.contains(provisioning.status())) {
            conditions.repeat(AgreementConditions.GRANTED, before, "Granted", "granted to " + principals);
            return;
        }
        switch (provisioning.status()) {
            case Provisioned -> addGranted(conditions, principals, troubles);
            case Provisioning ->
                conditions.add(AgreementConditions.GRANTED, false, "Provisioning", "the platform has not answered yet");
            case ProvisioningFailed -> addTroubles(conditions, false, "ProvisioningFailed", troubles);
            case Deprovisioning ->
                conditions.add(
                        AgreementConditions.GRANTED,
                        !principals.isEmpty(),
                        "Deprovisioning",
                        principals.isEmpty()
                                ? "nothing was granted as far as is known; the platform is asked once more"
                                : "being taken away from " + principals + ": " + view.message());
            case Deprovisioned ->
                conditions.add(AgreementConditions.GRANTED, false, "Deprovisioned", "taken away: " + view.message());
            case DeprovisioningFailed -> addTroubles(conditions, true, "NotRevoked", troubles);
        }
    }

    private static void addGranted(Conditions conditions, String principals, List<Problem> troubles) {
        if (troubles.isEmpty()) {
            conditions.add(AgreementConditions.GRANTED, true, "Granted", "granted to " + principals);
        } else {
            conditions.add(
                    AgreementConditions.GRANTED,
                    true,
                    "PartlyGranted",
                    "granted to " + principals + "; not granted: " + Problem.sentences(troubles));
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
