package dev.portcullis.cli.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.cli.manifests.RightsManifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Who holds the verbs on output ports, as far as Roles and bindings that are known say so. Users are named as they are; groups and service accounts by what they are,
 * since who is in a group is not known here.
 */
public final class Rights {
    private static final String GROUP = "portcullis.dev";
    private static final String RESOURCE = "outputports";

    private final Map<String, JsonNode> roles = new HashMap<>();
    private final List<RightsManifest> bindings;

    /** @param known later ones of the same name stand for earlier ones: those of a repository for those that are shipped */
    public Rights(Collection<RightsManifest> known) {
        known.stream()
                .filter(one -> one.kind().endsWith("Role"))
                .forEach(role -> roles.put(role.kind() + " " + role.namespace() + " " + role.name(), role.tree()));
        bindings = known.stream().filter(one -> one.kind().endsWith("Binding")).toList();
    }

    /** Those who hold the verb on a port, for people. */
    public SortedSet<String> holders(String verb, String namespace, String port) {
        SortedSet<String> holders = new TreeSet<>();
        granting(verb, namespace, port)
                .flatMap(binding -> elements(binding.tree().path("subjects")))
                .forEach(subject -> holders.add(name(subject)));
        return holders;
    }

    /** Whether a user holds it by name. */
    public boolean may(String user, String verb, String namespace, String port) {
        return granting(verb, namespace, port)
                .flatMap(binding -> elements(binding.tree().path("subjects")))
                .anyMatch(subject -> name(subject).equals(user));
    }

    private Stream<RightsManifest> granting(String verb, String namespace, String port) {
        return bindings.stream()
                .filter(binding -> binding.kind().startsWith("Cluster")
                        || binding.namespace().equals(namespace))
                .filter(binding -> elements(role(binding).path("rules")).anyMatch(rule -> allows(rule, verb, port)));
    }

    private JsonNode role(RightsManifest binding) {
        JsonNode reference = binding.tree().path("roleRef");
        String kind = reference.path("kind").asText();
        String namespace = kind.equals("Role") ? binding.namespace() : "";
        return roles.getOrDefault(
                kind + " " + namespace + " " + reference.path("name").asText(), MissingNode.getInstance());
    }

    private static boolean allows(JsonNode rule, String verb, String port) {
        JsonNode names = rule.path("resourceNames");
        return has(rule.path("apiGroups"), GROUP)
                && has(rule.path("resources"), RESOURCE)
                && has(rule.path("verbs"), verb)
                && (names.isEmpty()
                        || elements(names).anyMatch(name -> name.asText().equals(port)));
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
            case "Group" -> "group " + name;
            case "ServiceAccount" ->
                "system:serviceaccount:" + subject.path("namespace").asText() + ":" + name;
            default -> name;
        };
    }
}
