package dev.portcullis.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ShippedPolicies SHIPPED = new ShippedPolicies();
    private static final JsonNode POLICY = SHIPPED.policies().get("agreements.portcullis.dev");
    private static final JsonNode BINDING = SHIPPED.bindings().get("agreements.portcullis.dev");

    @Test
    void everythingShippedIsWhole() {
        SHIPPED.policies()
                .values()
                .forEach(policy -> assertThat(PolicyComparison.difference(policy, policy.deepCopy()))
                        .isEmpty());
        SHIPPED.bindings()
                .values()
                .forEach(binding -> assertThat(PolicyComparison.difference(binding, binding.deepCopy()))
                        .isEmpty());
    }

    @Test
    void whatTheApiServerAddsChangesNothing() {
        ObjectNode live = POLICY.deepCopy();
        ObjectNode constraints = (ObjectNode) live.path("matchConstraints");
        constraints.put("matchPolicy", "Equivalent");
        constraints.set("namespaceSelector", JSON.createObjectNode());
        constraints.set("objectSelector", JSON.createObjectNode());
        constraints.path("resourceRules").forEach(rule -> ((ObjectNode) rule).put("scope", "*"));

        assertThat(PolicyComparison.difference(POLICY, live)).isEmpty();
    }

    @Test
    void otherWordsAreNoWeakening() {
        ObjectNode live = POLICY.deepCopy();
        ObjectNode validation = (ObjectNode) live.at("/validations/0");
        validation.put("message", "no");
        validation.put("messageExpression", "'no'");
        validation.put("reason", "Invalid");

        assertThat(PolicyComparison.difference(POLICY, live)).isEmpty();
    }

    @Test
    void spaceAroundAnExpressionIsNoWeakening() {
        ObjectNode live = POLICY.deepCopy();
        ObjectNode variable = (ObjectNode) live.at("/variables/0");
        variable.put("expression", variable.path("expression").asText() + "\n");

        assertThat(PolicyComparison.difference(POLICY, live)).isEmpty();
    }

    static Stream<Arguments> weakenings() {
        return Stream.of(
                weaker(
                        "a validation is gone",
                        "spec.validations has",
                        policy -> array(policy, "/validations").remove(0)),
                weaker(
                        "a validation lets everything pass",
                        "spec.validations[2].expression is another one",
                        policy -> ((ObjectNode) policy.at("/validations/2")).put("expression", "true")),
                weaker(
                        "a validation was added before",
                        "spec.validations has",
                        policy -> array(policy, "/validations").insertObject(0).put("expression", "true")),
                weaker(
                        "a variable says something else",
                        "spec.variables[",
                        policy -> ((ObjectNode) policy.at("/variables/3")).put("expression", "{}")),
                weaker(
                        "a variable has another name",
                        "spec.variables[0].name",
                        policy -> ((ObjectNode) policy.at("/variables/0")).put("name", "who")),
                weaker(
                        "failurePolicy Ignore",
                        "spec.failurePolicy is another one",
                        policy -> policy.put("failurePolicy", "Ignore")),
                weaker(
                        "failurePolicy gone",
                        "spec.failurePolicy is another one",
                        policy -> policy.remove("failurePolicy")),
                weaker(
                        "matchConditions",
                        "matchConditions was added",
                        policy -> policy.putArray("matchConditions")
                                .addObject()
                                .put("name", "never")
                                .put("expression", "false")),
                weaker(
                        "paramKind",
                        "paramKind was added",
                        policy -> policy.putObject("paramKind")
                                .put("kind", "ConfigMap")
                                .put("apiVersion", "v1")),
                weaker(
                        "namespaceSelector",
                        "matchConstraints.namespaceSelector was added",
                        policy -> constraints(policy)
                                .putObject("namespaceSelector")
                                .putObject("matchLabels")
                                .put("guarded", "yes")),
                weaker(
                        "objectSelector",
                        "matchConstraints.objectSelector was added",
                        policy -> constraints(policy)
                                .putObject("objectSelector")
                                .putObject("matchLabels")
                                .put("guarded", "yes")),
                weaker(
                        "excludeResourceRules",
                        "matchConstraints.excludeResourceRules was added",
                        policy -> constraints(policy)
                                .putArray("excludeResourceRules")
                                .addObject()
                                .putArray("resources")
                                .add("datausageagreements")),
                weaker(
                        "another resource",
                        "resources[0] is another one",
                        policy -> array(rule(policy), "/resources").set(0, "teams")),
                weaker(
                        "fewer operations",
                        "operations has 1 items, not 2",
                        policy -> array(rule(policy), "/operations").remove(1)),
                weaker(
                        "another group",
                        "apiGroups[0] is another one",
                        policy -> array(rule(policy), "/apiGroups").set(0, "apps")),
                weaker(
                        "one version only",
                        "apiVersions[0] is another one",
                        policy -> array(rule(policy), "/apiVersions").set(0, "v2")),
                weaker(
                        "no rule at all",
                        "resourceRules has 0 items",
                        policy ->
                                array(policy, "/matchConstraints/resourceRules").removeAll()),
                weaker("constraints gone", "spec.matchConstraints", policy -> policy.remove("matchConstraints")),
                weaker(
                        "named objects only",
                        "resourceNames was added",
                        policy -> rule(policy).putArray("resourceNames").add("nothing")),
                weaker(
                        "cluster-scoped objects only",
                        "scope was added",
                        policy -> rule(policy).put("scope", "Cluster")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weakenings")
    void aWeakerPolicyIsFound(String name, String difference, Consumer<ObjectNode> weaken) {
        ObjectNode live = POLICY.deepCopy();
        weaken.accept(live);

        assertThat(PolicyComparison.difference(POLICY, live))
                .hasValueSatisfying(found -> assertThat(found).contains(difference));
    }

    static Stream<Arguments> looserBindings() {
        return Stream.of(
                weaker(
                        "audited only",
                        "spec.validationActions[0] is another one",
                        binding -> array(binding, "/validationActions").set(0, "Audit")),
                weaker(
                        "warned and audited",
                        "spec.validationActions has 2 items",
                        binding -> array(binding, "/validationActions")
                                .removeAll()
                                .add("Warn")
                                .add("Audit")),
                weaker(
                        "no action",
                        "spec.validationActions has 0 items",
                        binding -> binding.remove("validationActions")),
                weaker(
                        "another policy",
                        "spec.policyName is another one",
                        binding -> binding.put("policyName", "status.portcullis.dev")),
                weaker(
                        "some namespaces only",
                        "matchResources was added",
                        binding -> binding.putObject("matchResources")
                                .putObject("namespaceSelector")
                                .putObject("matchLabels")
                                .put("guarded", "yes")),
                weaker(
                        "with parameters",
                        "paramRef was added",
                        binding -> binding.putObject("paramRef")
                                .put("name", "none")
                                .put("parameterNotFoundAction", "Allow")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("looserBindings")
    void aLooserBindingIsFound(String name, String difference, Consumer<ObjectNode> weaken) {
        ObjectNode live = BINDING.deepCopy();
        weaken.accept(live);

        assertThat(PolicyComparison.difference(BINDING, live))
                .hasValueSatisfying(found -> assertThat(found).contains(difference));
    }

    private static Arguments weaker(String name, String difference, Consumer<ObjectNode> weaken) {
        return arguments(name, difference, weaken);
    }

    private static ObjectNode constraints(ObjectNode policy) {
        return (ObjectNode) policy.path("matchConstraints");
    }

    private static ObjectNode rule(ObjectNode policy) {
        return (ObjectNode) policy.at("/matchConstraints/resourceRules/0");
    }

    private static ArrayNode array(JsonNode node, String pointer) {
        return (ArrayNode) node.at(pointer);
    }
}
