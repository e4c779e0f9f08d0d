package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.access.Access;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Principal;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Set;

/**
 * What one agreement asks of a platform, as the loop took it.
 *
 * @param portUid the port it was judged by
 * @param recorded the principals its status names: who was granted last
 * @param concerned the principals it would give the access to, whatever became of it
 * @param wasProvisioned whether its status says that the access was granted
 */
record Ask(
        DataUsageAgreement agreement,
        Access access,
        String portUid,
        Set<Principal> recorded,
        Set<Principal> concerned,
        boolean wasProvisioned) {
    String uid() {
        return agreement.getMetadata().getUid();
    }

    /** What platforms note of it that tell why somebody has access. */
    AgreementReference reference() {
        ObjectMeta metadata = agreement.getMetadata();
        return new AgreementReference(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                agreement.getSpec().purpose());
    }

    /** Whether it asks for nothing any more, and something may have been granted by it that its status does not name, or not yet. */
    boolean mayHold() {
        Provisioning provisioning = agreement.getStatus().provisioning();
        return access instanceof Access.NotWanted
                && provisioning != null
                && provisioning.status() != ProvisioningStatus.Deprovisioned;
    }

    /** The entitlements it asks for, as far as it is not refused some. */
    Set<Entitlement> entitlements() {
        return access instanceof Access.Wanted wanted ? wanted.entitlements() : Set.of();
    }
}
