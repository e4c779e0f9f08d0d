package dev.portcullis.cli.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.manifests.RightsManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Who holds the verbs on output ports, as far as Roles and bindings that are known say so. Users are named as they are; groups and service accounts by what they are,
 * since who is in a group is not known here.
 */
public final class Rights {
    /** Before the name of a group, where people are named: who is in it is not known. */
    public static final String GROUPS = "group ";

    private static final String GROUP = "portcullis.dev";
    private static final String PORTS = "outputports";
    private static final String AGREEMENTS = "datausageagreements";

    private static final String AGGREGATES = "rbac.authorization.k8s.io/aggregate-to-";

    /** Roles that Kubernetes has itself, and which of them each contains. */
    private static final Map<String, List<String>> OF_KUBERNETES =
            Map.of("view", List.of("view"), "edit", List.of("view", "edit"), "admin", List.of("view", "edit", "admin"));

    private static final String EVERYTHING = "cluster-admin";
    private static final JsonNode ANYTHING = JsonNodeFactory.instance
            .objectNode()
            .<ObjectNode>set("apiGroups", JsonNodeFactory.instance.arrayNode().add("*"))
            .<ObjectNode>set("resources", JsonNodeFactory.instance.arrayNode().add("*"))
            .set("verbs", JsonNodeFactory.instance.arrayNode().add("*"));

    private final Map<String, RightsManifest> roles = new LinkedHashMap<>();
    private final Map<String, RightsManifest> bindings = new LinkedHashMap<>();

    /** What was read once is kept: it is asked of every port. */
    private final Map<Right, List<Holding>> byRight = new HashMap<>();

    private record Right(String resource, String verb) {}

    /** @param known later ones of the same name stand for earlier ones: those of a repository for those that are shipped, or that are in the cluster */
    public Rights(Collection<RightsManifest> known) {
        for (RightsManifest one : known) {
            (one.kind().endsWith("Role") ? roles : bindings).put(key(one.kind(), one.namespace(), one.name()), one);
        }
    }

    private static String key(String kind, String namespace, String name) {
        return kind + " " + namespace + " " + name;
    }

    /** Those who hold the verb on a port, for people. */
    public SortedSet<String> holders(String verb, String namespace, String port) {
        return all(verb)
                .filter(holding -> holding.covers(new Holding(verb, namespace, port, holding.who())))
                .map(Holding::who)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a user holds it by name. */
    public boolean may(String user, String verb, String namespace, String port) {
        Holding asked = new Holding(verb, namespace, port, user);
        return all(verb).anyMatch(holding -> holding.covers(asked));
    }

    /** Whether a user brings back what a backup has as it was: who may decide on every port and release every agreement. */
    boolean mayRestore(String user) {
        return may(user, "decide", "", "")
                && holdings(new Right(AGREEMENTS, "release")).stream()
                        .anyMatch(holding -> holding.covers(new Holding("release", "", "", user)));
    }

    /** Everybody who holds one of the verbs somewhere. */
    public Set<Holding> holdings(List<String> verbs) {
        return verbs.stream().flatMap(this::all).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<Holding> all(String verb) {
        return holdings(new Right(PORTS, verb)).stream();
    }

    private List<Holding> holdings(Right right) {
        return byRight.computeIfAbsent(right, this::read);
    }

    private List<Holding> read(Right right) {
        List<Holding> holdings = new ArrayList<>();
        for (RightsManifest binding : bindings.values()) {
            String namespace = binding.kind().startsWith("Cluster") ? "" : binding.namespace();
            List<String> ports = rules(binding)
                    .filter(rule -> allows(rule, right))
                    .flatMap(rule -> names(rule.path("resourceNames")))
                    .distinct()
                    .toList();
            if (!ports.isEmpty()) {
                elements(binding.tree().path("subjects"))
                        .map(Rights::name)
                        .forEach(who ->
                                ports.forEach(port -> holdings.add(new Holding(right.verb(), namespace, port, who))));
            }
        }
        return holdings;
    }

    private Stream<JsonNode> rules(RightsManifest binding) {
        JsonNode reference = binding.tree().path("roleRef");
        String kind = reference.path("kind").asText();
        String name = reference.path("name").asText();
        RightsManifest role = roles.get(key(kind, kind.equals("Role") ? binding.namespace() : "", name));
        if (role != null) {
            return elements(role.tree().path("rules"));
        }
        if (!kind.equals("ClusterRole")) {
            return Stream.of();
        }
        return name.equals(EVERYTHING)
                ? Stream.of(ANYTHING)
                : OF_KUBERNETES.getOrDefault(name, List.of()).stream().flatMap(this::aggregated);
    }

    /** What roles add to one of Kubernetes' own. */
    private Stream<JsonNode> aggregated(String name) {
        return roles.values().stream()
                .filter(role -> role.kind().equals("ClusterRole"))
                .map(RightsManifest::tree)
                .filter(role -> role.path("metadata")
                        .path("labels")
                        .path(AGGREGATES + name)
                        .asText()
                        .equals("true"))
                .flatMap(role -> elements(role.path("rules")));
    }

    private static boolean allows(JsonNode rule, Right right) {
        return has(rule.path("apiGroups"), GROUP)
                && has(rule.path("resources"), right.resource())
                && has(rule.path("verbs"), right.verb());
    }

    private static Stream<String> names(JsonNode names) {
        return names.isEmpty() ? Stream.of("") : elements(names).map(JsonNode::asText);
    }

    private static boolean has(JsonNode list, String value) {
        return elements(list)
                .anyMatch(one -> one.asText().equals(value) || one.asText().equals("*"));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String name(JsonNode subject) {
        String name = subject.path("name").asText();
        return switch (subject.path("kind").asText()) {
            case "Group" -> GROUPS + name;
            case "ServiceAccount" ->
                "system:serviceaccount:" + subject.path("namespace").asText() + ":" + name;
            default -> name;
        };
    }
}
