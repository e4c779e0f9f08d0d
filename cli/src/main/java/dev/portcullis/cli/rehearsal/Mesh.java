package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyOrder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All objects of one moment, found by what they are asked by. The statuses of agreements and Decisions are written while a world is settled; nothing else of it changes.
 */
public final class Mesh implements World {
    private final Map<String, Team> teams = new TreeMap<>();
    private final Map<String, DataPlatform> platforms = new TreeMap<>();
    private final Map<String, DataProduct> products = new TreeMap<>();
    private final Map<String, OutputPort> ports = new TreeMap<>();
    private final Map<String, DataUsageAgreement> agreements = new TreeMap<>();
    private final Map<String, Decision> decisions = new TreeMap<>();
    private final List<ApprovalPolicy> policies = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();

    private final Map<String, List<Team>> teamsByNamespace = new HashMap<>();
    private final Map<String, List<String>> teamsByMember = new HashMap<>();
    private final Map<String, List<Decision>> decisionsByAgreement = new HashMap<>();
    private final Map<String, List<DataUsageAgreement>> agreementsByPort = new HashMap<>();

    /** With the objects as they are stored; a Namespace is the map of its labels, by its name. */
    public Mesh(Collection<?> objects, Map<String, Map<String, String>> namespaces) {
        labels.putAll(namespaces);
        objects.forEach(this::add);
        policies.sort(PolicyOrder.AS_ASKED);
        teams.values().forEach(this::index);
    }

    private void add(Object object) {
        if (object instanceof Team team) {
            teams.put(team.getMetadata().getName(), team);
        } else if (object instanceof DataPlatform platform) {
            platforms.put(platform.getMetadata().getName(), platform);
        } else if (object instanceof DataProduct product) {
            products.put(key(product.getMetadata()), product);
        } else if (object instanceof OutputPort port) {
            ports.put(key(port.getMetadata()), port);
        } else if (object instanceof ApprovalPolicy policy) {
            policies.add(policy);
        } else if (object instanceof DataUsageAgreement agreement) {
            agreements.put(key(agreement.getMetadata()), agreement);
            var provider = agreement.getSpec().provider();
            put(agreementsByPort, key(provider.namespace(), provider.outputPort()), agreement);
        } else if (object instanceof Decision decision) {
            decisions.put(key(decision.getMetadata()), decision);
            var about = decision.getSpec().agreement();
            put(decisionsByAgreement, key(about.namespace(), about.name()), decision);
        } else {
            throw new IllegalArgumentException("no kind of ours: " + object.getClass());
        }
    }

    private void index(Team team) {
        team.getSpec().namespaces().forEach(namespace -> put(teamsByNamespace, namespace, team));
        team.getSpec().members().stream()
                .map(TeamMember::user)
                .distinct()
                .forEach(user -> put(teamsByMember, user, team.getMetadata().getName()));
    }

    private static <T> void put(Map<String, List<T>> index, String key, T value) {
        index.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
    }

    private static String key(ObjectMeta metadata) {
        return key(metadata.getNamespace(), metadata.getName());
    }

    /** How an object in a namespace is found. */
    public static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** All agreements, by namespace and name. */
    public Map<String, DataUsageAgreement> agreements() {
        return agreements;
    }

    public Map<String, Decision> decisions() {
        return decisions;
    }

    public Map<String, OutputPort> ports() {
        return ports;
    }

    public Map<String, DataProduct> products() {
        return products;
    }

    public Map<String, DataPlatform> platforms() {
        return platforms;
    }

    public Map<String, Team> teams() {
        return teams;
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
        return Optional.ofNullable(platforms.get(name));
    }

    @Override
    public Optional<Team> team(String name) {
        return Optional.ofNullable(teams.get(name));
    }

    @Override
    public List<Team> teamsOf(String namespace) {
        return teamsByNamespace.getOrDefault(namespace, List.of());
    }

    @Override
    public List<String> teamsWith(String user) {
        return teamsByMember.getOrDefault(user, List.of());
    }

    @Override
    public List<ApprovalPolicy> policies() {
        return policies;
    }

    /** Of a namespace that nobody wrote down: none. */
    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        return Optional.of(labels.getOrDefault(namespace, Map.of()));
    }

    /** Whether the labels of the namespace are known, and not only taken to be none. */
    public boolean knowsLabelsOf(String namespace) {
        return labels.containsKey(namespace);
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return decisionsByAgreement.getOrDefault(key(namespace, agreement), List.of());
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return agreementsByPort.getOrDefault(key(namespace, port), List.of());
    }
}
