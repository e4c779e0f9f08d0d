package dev.portcullis.benchmark;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.Consumer;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.ApprovalRules;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Exposure;
import dev.portcullis.api.platform.PostgresqlExposure;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.api.policy.ApproverGroup;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.PolicyRequirement;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.api.policy.PortSelector;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyOrder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A company: 200 teams of 25 people, 500 ports, and 100,000 requests for them, each of a person, by one of 5,000; and 50 Mandatory policies of five rules about every port. Each
 * policy is asked to its last rule, since the rules before match nobody: as slow as policies can be.
 */
// what is absent is null, as where objects are read from the API server
@SuppressWarnings("NullAway")
final class BigMesh implements World {
    private static final int TEAMS = 200;
    private static final int MEMBERS = 25;
    private static final int PORTS = 500;

    private final Map<String, Team> teams = new HashMap<>();
    private final Map<String, List<Team>> teamsByNamespace = new HashMap<>();
    private final Map<String, List<String>> teamsByMember = new HashMap<>();
    private final Map<String, DataProduct> products = new HashMap<>();
    private final Map<String, OutputPort> ports = new HashMap<>();
    private final DataPlatform platform = new DataPlatform();
    private final List<ApprovalPolicy> policies = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    BigMesh(int policyCount) {
        List<String> namespaces =
                IntStream.range(0, TEAMS).mapToObj(i -> "team-" + i).toList();
        namespaces.forEach(this::addTeam);
        platform.setMetadata(new ObjectMetaBuilder().withName("warehouse").build());
        platform.setSpec(new DataPlatformSpec(
                new PostgresqlServer(
                        "pg.example.com", null, null, null, null, null, new SecretReference("portcullis-system", "pg")),
                null,
                null,
                List.of(new Exposure(namespaces, List.of(new PostgresqlExposure("shop", List.of("sales"))), null)),
                new ApprovalRules(null, null),
                null,
                null,
                null));
        for (int i = 0; i < PORTS; i++) {
            addPort(namespaces.get(i % TEAMS), i);
        }
        for (int i = 0; i < policyCount; i++) {
            policies.add(policy(i));
        }
        policies.sort(PolicyOrder.AS_ASKED);
    }

    private void addTeam(String name) {
        List<TeamMember> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            String user = name + "-" + i + "@example.com";
            members.add(new TeamMember(
                    user,
                    Map.of(
                            "employment", i % 5 == 0 ? "contractor" : "employee",
                            "country", i % 3 == 0 ? "DE" : "NL",
                            "training", "2026")));
            teamsByMember.put(user, List.of(name));
        }
        Team team = new Team();
        team.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        team.setSpec(new TeamSpec(null, List.of(name), null, members));
        teams.put(name, team);
        teamsByNamespace.put(name, List.of(team));
    }

    private void addPort(String namespace, int i) {
        DataProduct product = new DataProduct();
        product.setMetadata(meta(namespace, "product-" + i));
        product.setSpec(new DataProductSpec(
                "Product " + i, null, "commerce", null, null, null, List.of("gold"), null, null, null, null));
        products.put(namespace + "/product-" + i, product);
        OutputPort port = new OutputPort();
        port.setMetadata(meta(namespace, "port-" + i));
        port.setSpec(new OutputPortSpec(
                "product-" + i,
                "What team " + namespace + " knows.",
                "warehouse",
                new PostgresqlObjects(
                        "shop",
                        "sales",
                        List.of(new Table("t" + i, null), new Table("u" + i, List.of("id", "at"))),
                        null),
                null,
                i % 2 == 0,
                null,
                null,
                null,
                null,
                null,
                null));
        ports.put(namespace + "/port-" + i, port);
    }

    /** Rules as they are written: about people, about the port, about dates; the last matches everybody. */
    private static ApprovalPolicy policy(int i) {
        List<String> texts = List.of(
                "port.containsPii && beneficiaries.exists(b, b.attributes.employment == 'intern-" + i + "')",
                "!port.containsPii && beneficiaries.all(b, b.attributes.employment == 'trainee-" + i + "')",
                "product.domain == 'finance-" + i + "' || 'secret-" + i + "' in product.tags",
                "requester.teams.exists(t, t == 'auditors-" + i + "') && consumer.name != provider.name",
                "beneficiaries.all(b, b.attributes.country in ['DE', 'NL'])");
        List<PolicyRule> rules = new ArrayList<>();
        for (int rule = 0; rule < texts.size(); rule++) {
            boolean isLast = rule == texts.size() - 1;
            rules.add(new PolicyRule(
                    "rule-" + rule,
                    texts.get(rule),
                    isLast
                            ? new PolicyRequirement(
                                    i % 10 == 0
                                            ? List.of(new RequiredApproval(new ApproverGroup(true, null), 1))
                                            : List.of(),
                                    List.of(),
                                    null,
                                    "P" + (90 + i) + "D",
                                    null)
                            : null,
                    null,
                    isLast ? null : "Ask the data office first.",
                    null,
                    null,
                    null));
        }
        ApprovalPolicy policy = new ApprovalPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withName("policy-" + i)
                .withGeneration(1L)
                .build());
        policy.setSpec(new ApprovalPolicySpec(PolicyMode.Mandatory, i, PortSelector.ALL, rules, "P14D"));
        return policy;
    }

    /** Requests that nobody has looked at. */
    List<DataUsageAgreement> requests(int count, String created) {
        List<DataUsageAgreement> requests = new ArrayList<>(count);
        List<OutputPort> all = List.copyOf(ports.values());
        for (int i = 0; i < count; i++) {
            String team = "team-" + random.nextInt(TEAMS);
            String user = team + "-" + random.nextInt(MEMBERS) + "@example.com";
            ObjectMeta port = all.get(random.nextInt(PORTS)).getMetadata();
            DataUsageAgreement agreement = new DataUsageAgreement();
            ObjectMeta metadata = meta(team, "agreement-" + i);
            metadata.setCreationTimestamp(created);
            metadata.setAnnotations(Map.of(Annotations.REQUESTED_BY, user));
            agreement.setMetadata(metadata);
            agreement.setSpec(new DataUsageAgreementSpec(
                    "Purpose number " + i + " of many.",
                    new Provider(port.getNamespace(), port.getName()),
                    new Consumer(user, null, null),
                    null,
                    "2027-12-31",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
            requests.add(agreement);
        }
        return requests;
    }

    private static ObjectMeta meta(String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name)
                .withGeneration(1L)
                .build();
    }

    @Override
    public Optional<OutputPort> port(String namespace, String name) {
        return Optional.ofNullable(ports.get(namespace + "/" + name));
    }

    @Override
    public Optional<DataProduct> product(String namespace, String name) {
        return Optional.ofNullable(products.get(namespace + "/" + name));
    }

    @Override
    public Optional<DataPlatform> platform(String name) {
        return Optional.of(platform);
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

    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        return Optional.of(Map.of());
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return List.of();
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return List.of();
    }
}
