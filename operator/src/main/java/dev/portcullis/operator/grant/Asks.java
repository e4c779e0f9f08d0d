package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what the agreements ask of one platform now. Nothing is remembered from one time to the next. */
public final class Asks {
    private final Caches caches;
    private final AgreementEngine engine;
    private final OwnStatuses statuses;
    private final Supplier<Clocks> clocks;

    public Asks(Caches caches, AgreementEngine engine, OwnStatuses statuses, Supplier<Clocks> clocks) {
        this.caches = caches;
        this.engine = engine;
        this.statuses = statuses;
        this.clocks = clocks;
    }

    List<Ask> in(Scope scope, String platform) {
        Stream<DataUsageAgreement> agreements = scope instanceof Scope.Ports ports
                ? caches.agreementsJudgedBy(ports.uids())
                : caches.judgedAgreements();
        return agreements
                .map(statuses::trusted)
                .filter(agreement ->
                        platformOf(agreement).filter(platform::equals).isPresent())
                .map(this::ask)
                .toList();
    }

    /** The platform an agreement has to do with: its port's; where the port is gone, the one its status names. */
    public Optional<String> platformOf(DataUsageAgreement agreement) {
        var provider = agreement.getSpec().provider();
        return caches.port(provider.namespace(), provider.outputPort())
                .filter(port -> port.getMetadata().getUid().equals(portUid(agreement)))
                .map(port -> port.getSpec().platform())
                .or(() -> provisioning(agreement).map(Provisioning::platform));
    }

    private Ask ask(DataUsageAgreement agreement) {
        Set<Principal> recorded = provisioning(agreement).map(Provisioning::principals).orElse(List.of()).stream()
                .map(Principal::new)
                .collect(Collectors.toUnmodifiableSet());
        boolean wasProvisioned = provisioning(agreement)
                .filter(provisioning -> provisioning.status() == ProvisioningStatus.Provisioned)
                .isPresent();
        Access access = engine.access(agreement, clocks.get());
        // an access that is wanted says itself whose it is
        Set<Principal> concerned = access instanceof Access.NotWanted ? engine.concerned(agreement) : Set.of();
        return new Ask(agreement, access, portUid(agreement), recorded, concerned, wasProvisioned);
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
}
