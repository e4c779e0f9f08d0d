package dev.portcullis.engine.given;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.policy.PolicyOrder;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.review.ReviewMaker;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Warnings;
import dev.portcullis.platform.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A data mesh in memory. The standard one: team checkout offers port orders-v1 of product orders on platform warehouse; team marketing has a
 * product churn. Tests change it, ask for agreements in it, and move its clock.
 */
public final class Mesh {
    /** Compiled rules are the same in every mesh. */
    private static final PrincipalMapper PRINCIPALS = new PrincipalMapper(new PrincipalExpressions());

    private static final PolicyExpressions EXPRESSIONS = new PolicyExpressions();

    private final Map<String, TeamDraft> teams = new TreeMap<>();
    private final Map<String, PlatformDraft> platforms = new TreeMap<>();
    private final Map<String, ProductDraft> products = new TreeMap<>();
    private final Map<String, PortDraft> ports = new TreeMap<>();
    private final Map<String, ApprovalPolicy> policies = new TreeMap<>();
    private final Map<String, DecisionDraft> decisions = new TreeMap<>();
    private final List<Case> requests = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Set<String> unseen = new HashSet<>();
    /** Objects as built of the drafts; building one costs more than judging by it. */
    private final Map<String, Object> built = new HashMap<>();

    private final Set<String> missingPrincipals = new HashSet<>();
    private final Facts facts = new Facts();
    private final PlatformModules modules = new PlatformModules(List.of(new MemoryPlatform()));
    private AgreementEngine engine = engine(Warnings.STANDARD);
    /** How far the API server's clock is ahead of the operator's. */
    private Duration serverAhead = Duration.ZERO;

    private int portsCreated;
    private int peopleLookedUp;
    private boolean revokesFail;
    private Guard guard = new Guard.Whole(Instant.parse("2026-01-01T00:00:00Z"));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    private Mesh() {}

    public static Mesh standard() {
        Mesh mesh = new Mesh();
        mesh.team("checkout").namespaces("checkout").members(People.OLGA, People.OTTO);
        mesh.team("marketing").namespaces("marketing").members(People.TAYLOR, People.QUINN);
        mesh.platform().exposes("checkout", "shop", "sales");
        mesh.product();
        mesh.product("marketing", "churn");
        mesh.port().tables("orders", "order_items(order_id,sku)");
        return mesh;
    }

    /** The team of this name, to be changed; a new one where there is none. */
    public TeamDraft team(String name) {
        built.clear();
        return teams.computeIfAbsent(name, TeamDraft::new);
    }

    /** The platform warehouse. */
    public PlatformDraft platform() {
        built.clear();
        return platforms.computeIfAbsent("warehouse", PlatformDraft::new);
    }

    /** Another policy, or another edition of the one of its name; its spec as YAML. */
    public Mesh policy(String name, String spec) {
        policies.put(name, PolicyYaml.policy(name, spec));
        return this;
    }

    /** All, in the order in which they are asked. */
    public List<ApprovalPolicy> policies() {
        return policies.values().stream().sorted(PolicyOrder.AS_ASKED).toList();
    }

    public Mesh withoutPolicy(String name) {
        policies.remove(name);
        return this;
    }

    /** The namespace is there, and nobody has told the operator yet; until its labels are said. */
    public Mesh unseen(String namespace) {
        unseen.add(namespace);
        return this;
    }

    public Mesh labels(String namespace, Map<String, String> are) {
        unseen.remove(namespace);
        labels.put(namespace, are);
        return this;
    }

    /** A Decision of this name about {@link #request()}, to be filled in; a new one where there is none. */
    public DecisionDraft decision(String name) {
        return decisions.computeIfAbsent(name, absent -> new DecisionDraft(absent, now));
    }

    public Mesh withoutDecision(String name) {
        decisions.remove(name);
        return this;
    }

    /** What the operator does with Decisions, one look at each. */
    public void tend(DataUsageAgreement agreement) {
        FateJudge judge = new FateJudge(facts, new OfferLookup(facts, modules), PRINCIPALS);
        decisions.values().forEach(draft -> draft.meets(judge, agreement, guard, now));
    }

    /** The operator writes down which agreement each Decision is about, and ends before it says more. */
    public void bind(Case agreement) {
        FateJudge judge = new FateJudge(facts, new OfferLookup(facts, modules), PRINCIPALS);
        decisions.values().forEach(draft -> draft.isBound(judge, agreement.object(), guard, now));
    }

    /** The product orders. */
    public ProductDraft product() {
        return product("checkout", "orders");
    }

    public ProductDraft product(String namespace, String name) {
        built.clear();
        return products.computeIfAbsent(namespace + "/" + name, key -> new ProductDraft(namespace, name));
    }

    /** The port orders-v1. */
    public PortDraft port() {
        return port("checkout", "orders-v1");
    }

    public PortDraft port(String namespace, String name) {
        built.clear();
        return ports.computeIfAbsent(
                namespace + "/" + name, key -> new PortDraft(namespace, name, "port-" + ++portsCreated));
    }

    /** What a port of team checkout offers now. */
    public Offer offer(String name) {
        return ((OfferLookup.Result.Found) new OfferLookup(new Facts(), modules).find(new Provider("checkout", name)))
                .offer();
    }

    /** Changes the port, where there is one. */
    public void ifPort(Consumer<PortDraft> change) {
        if (ports.containsKey("checkout/orders-v1")) {
            change.accept(port());
        }
    }

    public Mesh withoutTeam(String name) {
        built.clear();
        teams.remove(name);
        return this;
    }

    public Mesh withoutPlatform() {
        built.clear();
        platforms.remove("warehouse");
        return this;
    }

    public Mesh withoutProduct() {
        return withoutProduct("checkout", "orders");
    }

    public Mesh withoutProduct(String namespace, String name) {
        built.clear();
        products.remove(namespace + "/" + name);
        return this;
    }

    public Mesh withoutPort() {
        built.clear();
        ports.remove("checkout/orders-v1");
        return this;
    }

    /** Another port under the same name. */
    public PortDraft recreatePort() {
        withoutPort();
        return port().tables("orders", "order_items(order_id,sku)");
    }

    /** A request of taylor's, in namespace marketing, for port orders-v1; for taylor, if nothing else is said. */
    public Case request() {
        return requestFrom("marketing");
    }

    /** The same from another namespace. */
    public Case requestFrom(String namespace) {
        Case request = new Case(this, namespace).requestedBy(People.TAYLOR).forUser(People.TAYLOR);
        requests.add(request);
        return request;
    }

    public Mesh at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    public Mesh later(Duration by) {
        now = now.plus(by);
        return this;
    }

    public Instant now() {
        return now;
    }

    public Mesh guard(Guard is) {
        guard = is;
        return this;
    }

    public Guard guard() {
        return guard;
    }

    /** The platform knows no such principal. */
    public Mesh platformMisses(String principal) {
        missingPrincipals.add(principal);
        return this;
    }

    public Mesh platformKnows(String principal) {
        missingPrincipals.remove(principal);
        return this;
    }

    public Mesh platformRevokes(boolean works) {
        revokesFail = !works;
        return this;
    }

    /** The API server's clock says something else than the operator's, which is {@link #now()}. */
    public Mesh serverAhead(Duration by) {
        serverAhead = by;
        return this;
    }

    /** What the API server writes into objects. */
    public Instant serverNow() {
        return now.plus(serverAhead);
    }

    public Clocks clocks() {
        return Clocks.of(now, Optional.of(serverNow()));
    }

    /** When people are warned. */
    public Mesh warning(Duration... before) {
        engine = engine(new Warnings(List.of(before)));
        return this;
    }

    private AgreementEngine engine(Warnings warnings) {
        return new AgreementEngine(facts, modules, PRINCIPALS, EXPRESSIONS, warnings);
    }

    /** How often the teams of a person were asked for. */
    public int peopleLookedUp() {
        return peopleLookedUp;
    }

    public World world() {
        return facts;
    }

    public ReviewMaker reviews() {
        return new ReviewMaker(facts, modules, PRINCIPALS, EXPRESSIONS);
    }

    public AgreementEngine engine() {
        return engine;
    }

    /** What the platform answers when it is asked this. */
    GrantReport answer(Access access, List<String> recorded) {
        if (!(access instanceof Access.Wanted wanted)) {
            List<Problem> troubles = revokesFail && !recorded.isEmpty()
                    ? List.of(Problem.healing("NotRevoked", recorded + " still has the access: ask the DBA"))
                    : List.of();
            return new GrantReport(access, Set.of(), troubles, Optional.empty());
        }
        List<Problem> troubles = new ArrayList<>();
        Set<Principal> held = wanted.entitlements().stream()
                .map(entitlement -> entitlement.principal())
                .filter(principal -> !missingPrincipals.contains(principal.name()))
                .collect(Collectors.toSet());
        wanted.grantees().stream()
                .map(grantee -> grantee.principal().name())
                .filter(missingPrincipals::contains)
                .forEach(name -> troubles.add(
                        Problem.healing("PrincipalNotFound", "there is no login " + name + ": create it")));
        return new GrantReport(
                wanted,
                held,
                troubles,
                held.isEmpty()
                        ? Optional.empty()
                        : Optional.of("role_" + wanted.port().name()));
    }

    @SuppressWarnings("unchecked")
    private <D, T> Optional<T> built(String key, Map<String, D> drafts, String name, Function<D, T> build) {
        D draft = drafts.get(name);
        return draft == null
                ? Optional.empty()
                : Optional.of((T) built.computeIfAbsent(key + name, absent -> build.apply(draft)));
    }

    private final class Facts implements World {
        @Override
        public Optional<OutputPort> port(String namespace, String name) {
            return built("port ", ports, namespace + "/" + name, PortDraft::build);
        }

        @Override
        public Optional<DataProduct> product(String namespace, String name) {
            return built("product ", products, namespace + "/" + name, ProductDraft::build);
        }

        @Override
        public Optional<DataPlatform> platform(String name) {
            return built("platform ", platforms, name, PlatformDraft::build);
        }

        @Override
        public Optional<Team> team(String name) {
            return built("team ", teams, name, TeamDraft::build);
        }

        @Override
        public List<Team> teamsOf(String namespace) {
            return teams.keySet().stream()
                    .filter(name -> teams.get(name).lists(namespace))
                    .flatMap(name -> team(name).stream())
                    .toList();
        }

        @Override
        public List<String> teamsWith(String user) {
            peopleLookedUp++;
            return teams.keySet().stream()
                    .filter(name -> teams.get(name).hasMember(user))
                    .toList();
        }

        @Override
        public List<ApprovalPolicy> policies() {
            return Mesh.this.policies();
        }

        @Override
        public List<Decision> decisions(String namespace, String agreement) {
            return decisions.values().stream()
                    .map(DecisionDraft::build)
                    .filter(decision ->
                            decision.getSpec().agreement().namespace().equals(namespace)
                                    && decision.getSpec().agreement().name().equals(agreement))
                    .toList();
        }

        @Override
        public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
            return requests.stream()
                    .map(Case::object)
                    .filter(agreement -> agreement.getSpec().provider().equals(new Provider(namespace, port)))
                    .toList();
        }

        @Override
        public Optional<Map<String, String>> labelsOf(String namespace) {
            return unseen.contains(namespace)
                    ? Optional.empty()
                    : Optional.of(labels.getOrDefault(namespace, Map.of()));
        }
    }
}
