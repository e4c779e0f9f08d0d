package dev.portcullis.engine.claim;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.facts.World;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Principal;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one agreement asks of a platform, as it was taken at one moment.
 *
 * @param portUid the port it was judged by
 * @param recorded the principals its status names: who was granted last
 * @param concerned the principals it would give the access to, whatever became of it
 * @param wasProvisioned whether its status says that the access was granted
 */
public record Ask(
        DataUsageAgreement agreement,
        Access access,
        String portUid,
        Set<Principal> recorded,
        Set<Principal> concerned,
        boolean wasProvisioned) {
    /** One that {@code engine} judges, by the status that is written. */
    public static Ask of(DataUsageAgreement agreement, Access access, AgreementEngine engine) {
        Optional<Provisioning> provisioning = provisioning(agreement);
        Set<Principal> recorded = provisioning.map(Provisioning::principals).orElse(List.of()).stream()
                .map(Principal::new)
                .collect(Collectors.toUnmodifiableSet());
        boolean wasProvisioned = provisioning
                .filter(before -> before.status() == ProvisioningStatus.Provisioned)
                .isPresent();
        // an access that is wanted says itself whose it is
        Set<Principal> concerned = access instanceof Access.NotWanted ? engine.concerned(agreement) : Set.of();
        return new Ask(agreement, access, portUid(agreement), recorded, concerned, wasProvisioned);
    }

    /** The platform an agreement has to do with: its port's; where the port is gone, the one its status names. */
    public static Optional<String> platformOf(DataUsageAgreement agreement, World world) {
        var provider = agreement.getSpec().provider();
        return world.port(provider.namespace(), provider.outputPort())
                .filter(port -> port.getMetadata().getUid().equals(portUid(agreement)))
                .map(port -> port.getSpec().platform())
                .or(() -> provisioning(agreement).map(Provisioning::platform));
    }

    private static String portUid(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus())
                .map(status -> status.snapshot())
                .map(snapshot -> snapshot.portUid())
                .orElse("");
    }

    private static Optional<Provisioning> provisioning(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus()).map(status -> status.provisioning());
    }

    public String uid() {
        return agreement.getMetadata().getUid();
    }

    /** What platforms note of it that tell why somebody has access. */
    public AgreementReference reference() {
        ObjectMeta metadata = agreement.getMetadata();
        return new AgreementReference(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                agreement.getSpec().purpose());
    }

    /** Whether it asks for nothing any more, and something may have been granted by it that its status does not name, or not yet. */
    public boolean mayHold() {
        Provisioning provisioning = agreement.getStatus().provisioning();
        return access instanceof Access.NotWanted
                && provisioning != null
                && provisioning.status() != ProvisioningStatus.Deprovisioned;
    }

    /** The entitlements it asks for, as far as it is not refused some. */
    public Set<Entitlement> entitlements() {
        return access instanceof Access.Wanted wanted ? wanted.entitlements() : Set.of();
    }
}
