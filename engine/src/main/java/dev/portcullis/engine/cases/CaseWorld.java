package dev.portcullis.engine.cases;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.policy.PolicyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A world made of manifests. */
final class CaseWorld implements World {
    private final Resources resources;
    private final List<Decision> decisions;

    /** @param decisions those about the agreement of the case */
    CaseWorld(Resources resources, List<Decision> decisions) {
        this.resources = resources;
        this.decisions = decisions;
    }

    @Override
    public Optional<OutputPort> port(String namespace, String name) {
        return resources.find(ManifestKind.PORT, namespace + "/" + name, OutputPort.class);
    }

    @Override
    public Optional<DataProduct> product(String namespace, String name) {
        return resources.find(ManifestKind.PRODUCT, namespace + "/" + name, DataProduct.class);
    }

    @Override
    public Optional<DataPlatform> platform(String name) {
        return resources.find(ManifestKind.PLATFORM, name, DataPlatform.class);
    }

    @Override
    public Optional<Team> team(String name) {
        return resources.find(ManifestKind.TEAM, name, Team.class);
    }

    @Override
    public List<Team> teamsOf(String namespace) {
        return resources
                .all(ManifestKind.TEAM, Team.class)
                .filter(team -> team.getSpec().namespaces().contains(namespace))
                .toList();
    }

    @Override
    public List<String> teamsWith(String user) {
        return resources
                .all(ManifestKind.TEAM, Team.class)
                .filter(team -> team.getSpec().members().stream()
                        .anyMatch(member -> member.user().equals(user)))
                .map(team -> team.getMetadata().getName())
                .toList();
    }

    @Override
    public List<ApprovalPolicy> policies() {
        return resources
                .all(ManifestKind.POLICY, ApprovalPolicy.class)
                .sorted(PolicyOrder.AS_ASKED)
                .toList();
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return decisions.stream()
                .filter(decision -> decision.getSpec().agreement().equals(new AgreementName(namespace, agreement)))
                .toList();
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return resources
                .all(ManifestKind.AGREEMENT, DataUsageAgreement.class)
                .filter(agreement -> agreement.getSpec().provider().equals(new Provider(namespace, port)))
                .toList();
    }

    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        Map<?, ?> labels = resources
                .find(ManifestKind.NAMESPACE, namespace, Map.class)
                .<Map<?, ?>>map(found -> found)
                .orElse(Map.of());
        return Optional.of(labels.entrySet().stream()
                .collect(Collectors.toMap(label -> (String) label.getKey(), label -> (String) label.getValue())));
    }
}
