package dev.portcullis.operator.world;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/** Who must be looked at again when something changed. */
public final class Consequences {
    private final Caches caches;

    public Consequences(Caches caches) {
        this.caches = caches;
    }

    public void ofTeam(Team team) {
        String name = team.getMetadata().getName();
        // which team acts may have changed for whoever is undecided; for decided ones the team is frozen, its members
        // are not
        caches.undecidedAgreements().forEach(this::lookAgain);
        caches.agreementsOfTeam(name).forEach(this::lookAgain);
        // a namespace may have been taken off, or have the Team's name: all products and ports say whose they are
        caches.products().all().forEach(product -> caches.products().lookAgain(product));
        caches.ports().all().forEach(port -> caches.ports().lookAgain(port));
        // they say which Teams they name are not there
        caches.policies().forEach(policy -> caches.approvalPolicies().lookAgain(policy));
    }

    public void ofPlatform(DataPlatform platform) {
        caches.portsOn(platform.getMetadata().getName()).forEach(port -> {
            caches.ports().lookAgain(port);
            ofPort(port);
        });
    }

    public void ofProduct(DataProduct product) {
        String namespace = product.getMetadata().getNamespace();
        String name = product.getMetadata().getName();
        caches.portsOf(namespace, name).forEach(port -> {
            caches.ports().lookAgain(port);
            ofPort(port);
        });
        // requests for the product's own use wait for it
        caches.undecidedAgreements()
                .filter(agreement -> namespace.equals(agreement.getMetadata().getNamespace())
                        && name.equals(agreement.getSpec().consumer().dataProduct()))
                .forEach(this::lookAgain);
    }

    public void ofPort(OutputPort port) {
        caches.agreementsNaming(
                        port.getMetadata().getNamespace(), port.getMetadata().getName())
                .forEach(this::lookAgain);
    }

    /** The counts of port and product, and of the platform the port is on. */
    public void onCounts(OutputPort port) {
        caches.ports().lookAgain(port);
        caches.products()
                .lookAgain(new ResourceID(
                        port.getSpec().dataProduct(), port.getMetadata().getNamespace()));
    }

    public void ofAgreementCounts(DataUsageAgreement agreement) {
        var provider = agreement.getSpec().provider();
        Optional<OutputPort> port = caches.port(provider.namespace(), provider.outputPort());
        port.ifPresent(this::onCounts);
    }

    /** Requests that no policy has judged yet: what they have said stays. */
    public void ofPolicies() {
        caches.undecidedAgreements()
                .filter(agreement -> Indexes.snapshot(agreement)
                        .filter(snapshot -> snapshot.policies() != null)
                        .isEmpty())
                .forEach(this::lookAgain);
    }

    /** Whatever time brings something to, and the platforms, which say that clocks are apart. */
    public void ofClocks() {
        caches.platforms().all().forEach(platform -> caches.platforms().lookAgain(platform));
        caches.agreements()
                .all()
                .filter(agreement -> agreement.getStatus() != null)
                .filter(agreement -> agreement.getStatus().ends() != null
                        || agreement.getStatus().recertifyBy() != null
                        || agreement.getSpec().start() != null)
                .forEach(this::lookAgain);
    }

    public void ofGuard() {
        caches.agreementsWithWrittenDecision().forEach(this::lookAgain);
        caches.filedDecisions()
                .all()
                .forEach(decision -> caches.filedDecisions().lookAgain(decision));
    }

    /** What was decided on an agreement, or on an earlier one of its name: its status says what became of that. */
    public void onDecisions(DataUsageAgreement agreement) {
        caches.decisions(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName())
                .forEach(decision -> caches.filedDecisions().lookAgain(decision));
    }

    private void lookAgain(DataUsageAgreement agreement) {
        caches.agreements().lookAgain(agreement);
    }
}
