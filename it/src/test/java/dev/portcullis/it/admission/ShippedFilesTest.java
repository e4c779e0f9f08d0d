package dev.portcullis.it.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said about the shipped policies and roles without a server. */
class ShippedFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What namespaced roles for people may hand out, by the role of Kubernetes that they are added to. */
    private static final Map<String, Set<String>> AGGREGATED = Map.ofEntries(
            Map.entry("portcullis-viewer", Set.of("view")),
            Map.entry("portcullis-consumer", Set.of("edit")),
            Map.entry("portcullis-provider", Set.of("edit")),
            Map.entry("portcullis-approver", Set.of("admin")),
            Map.entry("portcullis-second-approver", Set.of()),
            Map.entry("portcullis-decider", Set.of()),
            Map.entry("portcullis-decision-writer", Set.of()),
            Map.entry("portcullis-reviewer", Set.of()),
            Map.entry("portcullis-governance", Set.of()),
            Map.entry("portcullis-platform-team", Set.of()),
            Map.entry("portcullis-grant-controller", Set.of()),
            Map.entry("portcullis-operator", Set.of()));

    static Stream<GenericKubernetesResource> roles() {
        return load("rbac").filter(resource -> resource.getKind().endsWith("Role"));
    }

    static Stream<GenericKubernetesResource> policies() {
        return load("admission").filter(resource -> resource.getKind().endsWith("AdmissionPolicy"));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void everyRoleNamesItsVerbsResourcesAndGroups(GenericKubernetesResource role) {
        List<PolicyRule> rules = rules(role);
        assertThat(rules).isNotEmpty();
        for (PolicyRule rule : rules) {
            for (List<String> named : List.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs())) {
                assertThat(named).isNotEmpty().noneMatch(name -> name.contains("*"));
            }
            assertThat(rule.getNonResourceURLs()).isEmpty();
            assertThat(rule.getVerbs()).doesNotContain("impersonate", "escalate", "bind");
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void secretsAreReadByNameAlone(GenericKubernetesResource role) {
        for (PolicyRule rule : rules(role)) {
            if (rule.getResources().contains("secrets")) {
                assertThat(role.getKind()).isEqualTo("Role");
                assertThat(rule.getResourceNames()).isNotEmpty();
                assertThat(rule.getVerbs()).containsExactly("get");
            }
        }
    }

    @Test
    void aggregationHandsOutNoMoreThanIntended() {
        assertThat(roles().filter(role -> role.getKind().equals("ClusterRole")))
                .allSatisfy(role -> assertThat(aggregatedTo(role))
                        .as(role.getMetadata().getName())
                        .isEqualTo(AGGREGATED.get(role.getMetadata().getName())))
                .hasSize(AGGREGATED.size());
        assertThat(holding("decide")).containsExactly("portcullis-decider");
        assertThat(holding("approve")).containsExactly("portcullis-approver");
        assertThat(holding("review")).containsExactly("portcullis-second-approver");
        assertThat(holding("request")).containsExactly("portcullis-consumer");
        assertThat(holding("release")).containsExactly("portcullis-operator");
        assertThat(holding("grant")).containsExactly("portcullis-operator");
        assertThat(holding("request-for")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyPolicyFailsClosedAndIsBoundWhole(GenericKubernetesResource policy) {
        JsonNode spec = tree(policy).path("spec");
        assertThat(spec.path("failurePolicy").asText()).isEqualTo("Fail");
        assertThat(spec.has("matchConditions")).isFalse();
        assertThat(spec.path("matchConstraints").fieldNames()).toIterable().containsExactly("resourceRules");
        List<JsonNode> bindings = load("admission")
                .filter(resource -> resource.getKind().equals(policy.getKind() + "Binding"))
                .map(ShippedFilesTest::tree)
                .filter(binding -> binding.path("spec")
                        .path("policyName")
                        .asText()
                        .equals(policy.getMetadata().getName()))
                .toList();
        assertThat(bindings).hasSize(1);
        JsonNode binding = bindings.get(0).path("spec");
        assertThat(binding.has("matchResources")).isFalse();
        if (policy.getKind().startsWith("Validating")) {
            assertThat(binding.path("validationActions").toString()).isEqualTo("[\"Deny\"]");
        }
    }

    /** The API server falls back to the fixed message when the composed one is too long or has a line break. */
    @ParameterizedTest
    @MethodSource("policies")
    void everyRefusalHasAFixedMessageToo(GenericKubernetesResource policy) {
        for (JsonNode validation : each(tree(policy).path("spec").path("validations"))) {
            assertThat(validation.path("message").asText())
                    .hasSizeBetween(40, 500)
                    .doesNotContain("\n");
        }
    }

    /** The API server offers no authorizer to messages: one that asks it fails, and says nothing. */
    @ParameterizedTest
    @MethodSource("policies")
    void noMessageAsksWhoMayWhat(GenericKubernetesResource policy) {
        JsonNode spec = tree(policy).path("spec");
        List<String> asking = new ArrayList<>(List.of("authorizer"));
        for (JsonNode variable : each(spec.path("variables"))) {
            if (mentions(variable.path("expression").asText(), asking)) {
                asking.add("variables." + variable.path("name").asText());
            }
        }
        for (JsonNode validation : each(spec.path("validations"))) {
            assertThat(mentions(validation.path("messageExpression").asText(), asking))
                    .as(validation.path("messageExpression").asText())
                    .isFalse();
        }
    }

    private static boolean mentions(String expression, List<String> words) {
        return words.stream().anyMatch(word -> expression.matches("(?s).*\\b" + word.replace(".", "\\.") + "\\b.*"));
    }

    private static Stream<GenericKubernetesResource> load(String folder) {
        return PortcullisManifests.load(
                Checkout.root().resolve("helm/portcullis/files").resolve(folder))
                .stream();
    }

    private static Set<String> aggregatedTo(GenericKubernetesResource role) {
        return role.getMetadata().getLabels().entrySet().stream()
                .filter(label -> label.getKey().startsWith("rbac.authorization.k8s.io/aggregate-to-"))
                .filter(label -> label.getValue().equals("true"))
                .map(label -> label.getKey().substring("rbac.authorization.k8s.io/aggregate-to-".length()))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static List<String> holding(String verb) {
        return roles().filter(role ->
                        rules(role).stream().anyMatch(rule -> rule.getVerbs().contains(verb)))
                .map(role -> role.getMetadata().getName())
                .toList();
    }

    private static List<PolicyRule> rules(GenericKubernetesResource role) {
        return StreamSupport.stream(tree(role).path("rules").spliterator(), false)
                .map(rule -> JSON.convertValue(rule, PolicyRule.class))
                .toList();
    }

    private static Iterable<JsonNode> each(JsonNode nodes) {
        return nodes;
    }

    private static JsonNode tree(GenericKubernetesResource resource) {
        return JSON.valueToTree(resource);
    }
}
