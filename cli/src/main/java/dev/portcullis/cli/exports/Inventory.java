package dev.portcullis.cli.exports;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.facts.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What agreements and their parties are, at one moment. Nothing is decided by it, so it has no policies, decisions and platforms. */
final class Inventory implements World {
    private final Map<String, DataUsageAgreement> agreements;
    private final Map<String, OutputPort> ports;
    private final Map<String, DataProduct> products;
    private final Map<String, Team> teams;

    Inventory(
            Collection<DataUsageAgreement> agreements,
            Collection<OutputPort> ports,
            Collection<DataProduct> products,
            Collection<Team> teams) {
        this.agreements = byKey(agreements);
        this.ports = byKey(ports);
        this.products = byKey(products);
        this.teams = byKey(teams);
    }

    private static <T extends HasMetadata> Map<String, T> byKey(Collection<T> all) {
        return all.stream()
                .collect(Collectors.toMap(
                        one -> key(
                                one.getMetadata().getNamespace(),
                                one.getMetadata().getName()),
                        one -> one,
                        (first, second) -> first,
                        TreeMap::new));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** By namespace and name. */
    Collection<DataUsageAgreement> agreements() {
        return agreements.values();
    }

    boolean hasTeams() {
        return !teams.isEmpty();
    }

    @Override
    public Optional<OutputPort> port(String namespace, String name) {
        return Optional.ofNullable(ports.get(key(namespace, name)));
    }

    @Override
    public Optional<DataProduct> product(String namespace, String name) {
        return Optional.ofNullable(products.get(key(namespace, name)));
    }

    @Override
    public Optional<DataPlatform> platform(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Team> team(String name) {
        return teams.values().stream()
                .filter(team -> team.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<Team> teamsOf(String namespace) {
        return teams.values().stream()
                .filter(team -> team.getSpec().namespaces().contains(namespace))
                .toList();
    }

    @Override
    public List<String> teamsWith(String user) {
        return teams.values().stream()
                .filter(team -> team.getSpec().members().stream()
                        .anyMatch(member -> member.user().equals(user)))
                .map(team -> team.getMetadata().getName())
                .toList();
    }

    @Override
    public List<ApprovalPolicy> policies() {
        return List.of();
    }

    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        return Optional.empty();
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return List.of();
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return agreements.values().stream()
                .filter(agreement -> agreement.getSpec().provider().namespace().equals(namespace)
                        && agreement.getSpec().provider().outputPort().equals(port))
                .toList();
    }
}
