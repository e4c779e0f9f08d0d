package dev.portcullis.operator.world;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyOrder;
import dev.portcullis.operator.watch.Watched;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that is judged by, as the API server last told it; each kind is kept once, by its own controller. */
public final class Caches implements World {
    private final KindCache<Team> teams = new KindCache<>(Team.class);
    private final KindCache<DataPlatform> platforms = new KindCache<>(DataPlatform.class);
    private final KindCache<DataProduct> products = new KindCache<>(DataProduct.class);
    private final KindCache<OutputPort> ports = new KindCache<>(OutputPort.class);
    private final KindCache<DataUsageAgreement> agreements = new KindCache<>(DataUsageAgreement.class);
    private final KindCache<Decision> filedDecisions = new KindCache<>(Decision.class);
    private final KindCache<ApprovalPolicy> approvalPolicies = new KindCache<>(ApprovalPolicy.class);
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;

    /** @param namespaceLabels the labels of a namespace, by its name; empty where none of that name has been seen */
    public Caches(Function<String, Optional<Map<String, String>>> namespaceLabels) {
        this.namespaceLabels = namespaceLabels;
    }

    /** To be called once, when every cache has seen everything: from then on what has a key is looked up. */
    public void index() {
        kinds().forEach(KindCache::index);
    }

    /** To be called before the controllers are stopped: whoever still reads is told that nothing can be known any more. */
    public void close() {
        kinds().forEach(KindCache::close);
    }

    /**
     * The kinds, as what looks after their watches has to know them.
     *
     * @param namespaces whose objects are kept; none: all
     */
    public List<Watched> watched(Set<String> namespaces) {
        return kinds().map(KindCache::watched).map(kind -> kind.in(namespaces)).toList();
    }

    private Stream<KindCache<?>> kinds() {
        return Stream.of(teams, platforms, products, ports, agreements, filedDecisions, approvalPolicies);
    }

    @Override
    public Optional<OutputPort> port(String namespace, String name) {
        return ports.get(new ResourceID(name, namespace));
    }

    @Override
    public Optional<DataProduct> product(String namespace, String name) {
        return products.get(new ResourceID(name, namespace));
    }

    @Override
    public Optional<DataPlatform> platform(String name) {
        return platforms.get(new ResourceID(name));
    }

    @Override
    public Optional<Team> team(String name) {
        return teams.get(new ResourceID(name));
    }

    @Override
    public List<Team> teamsOf(String namespace) {
        return teams.byIndex(Indexes.TEAM_BY_NAMESPACE, namespace);
    }

    @Override
    public List<String> teamsWith(String user) {
        return teams.byIndex(Indexes.TEAM_BY_MEMBER, user).stream()
                .map(team -> team.getMetadata().getName())
                .sorted()
                .toList();
    }

    @Override
    public List<ApprovalPolicy> policies() {
        return approvalPolicies.all().sorted(PolicyOrder.AS_ASKED).toList();
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return filedDecisions.byIndex(Indexes.DECISION_BY_AGREEMENT, Indexes.key(namespace, agreement));
    }

    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        return namespaceLabels.apply(namespace);
    }

    public Optional<DataUsageAgreement> agreement(String namespace, String name) {
        return agreements.get(new ResourceID(name, namespace));
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return agreementsNaming(namespace, port).toList();
    }

    public Stream<OutputPort> portsOn(String platform) {
        return ports.byIndex(Indexes.PORT_BY_PLATFORM, platform).stream();
    }

    public Stream<OutputPort> portsOf(String namespace, String product) {
        return ports.byIndex(Indexes.PORT_BY_PRODUCT, Indexes.key(namespace, product)).stream();
    }

    public Stream<Decision> allDecisions() {
        return filedDecisions.all();
    }

    public Stream<DataUsageAgreement> allAgreements() {
        return agreements.all();
    }

    /** Agreements that name the port, whatever became of them. */
    public Stream<DataUsageAgreement> agreementsNaming(String namespace, String port) {
        return agreements.byIndex(Indexes.AGREEMENT_BY_PORT, Indexes.key(namespace, port)).stream();
    }

    /** Agreements whose acting or providing team this is. */
    public Stream<DataUsageAgreement> agreementsOfTeam(String team) {
        return agreements.byIndex(Indexes.AGREEMENT_BY_TEAM, team).stream();
    }

    /** Agreements without a decision. */
    public Stream<DataUsageAgreement> undecidedAgreements() {
        return agreements.byIndex(Indexes.AGREEMENT_BY_STATE, Indexes.UNDECIDED).stream();
    }

    /** Agreements in which a decision is written. */
    public Stream<DataUsageAgreement> agreementsWithWrittenDecision() {
        return agreements.byIndex(Indexes.AGREEMENT_BY_STATE, Indexes.WRITTEN_DECISION).stream();
    }

    public KindCache<Team> teams() {
        return teams;
    }

    public KindCache<DataPlatform> platforms() {
        return platforms;
    }

    public KindCache<DataProduct> products() {
        return products;
    }

    public KindCache<OutputPort> ports() {
        return ports;
    }

    public KindCache<DataUsageAgreement> agreements() {
        return agreements;
    }

    public KindCache<Decision> filedDecisions() {
        return filedDecisions;
    }

    public KindCache<ApprovalPolicy> approvalPolicies() {
        return approvalPolicies;
    }
}
