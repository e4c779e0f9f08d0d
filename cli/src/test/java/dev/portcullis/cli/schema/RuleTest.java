package dev.portcullis.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What rules can be that a schema may have, as Kubernetes documents them. */
class RuleTest {
    @Test
    void whatComparesIsAskedOnlyWhereSomethingWas() {
        String schema = object("{rule: 'self.a == oldSelf.a', message: fixed}");
        assertThat(refused(schema, null, "{a: x}")).isEmpty();
        assertThat(refused(schema, "{a: x}", "{a: y}")).containsExactly("s: Invalid value: fixed");
    }

    @Test
    void withOptionalOldSelfItIsAskedAlways() {
        String schema = object(
                "{rule: 'oldSelf.hasValue() || self.a == \"first\"', message: begin with first, optionalOldSelf: true}");
        assertThat(refused(schema, null, "{a: x}")).containsExactly("s: Invalid value: begin with first");
        assertThat(refused(schema, null, "{a: first}")).isEmpty();
        assertThat(refused(schema, "{a: first}", "{a: x}")).isEmpty();
    }

    @Test
    void anExpressionMakesTheMessageElseTheFixedOneIsTaken() {
        assertThat(refused(
                        object("{rule: 'false', message: fixed, messageExpression: \"'a is ' + self.a\"}"),
                        null,
                        "{a: x}"))
                .containsExactly("s: Invalid value: a is x");
        assertThat(refused(
                        object("{rule: 'false', message: fixed, messageExpression: \"'a is ' + self.a\"}"), null, "{}"))
                .containsExactly("s: Invalid value: fixed");
        assertThat(refused(object("{rule: 'self.a == \"y\"'}"), null, "{a: x}"))
                .containsExactly("s: Invalid value: failed rule: self.a == \"y\"");
    }

    @Test
    void whatCannotBeEvaluatedIsRefused() {
        assertThat(refused(object("{rule: 'self.a == \"x\"', message: a is x}"), null, "{}"))
                .singleElement()
                .asString()
                .endsWith("evaluating rule: a is x");
    }

    @Test
    void elementsAreKnownByTheirKeys() {
        String schema = "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: "
                + object("{rule: 'self.a == oldSelf.a', message: fixed}")
                        .replace("properties: {", "properties: {k: {type: string}, ")
                + "}";
        assertThat(refused(schema, "[{k: p, a: x}, {k: q, a: y}]", "[{k: q, a: y}, {k: new, a: z}, {k: p, a: z}]"))
                .containsExactly("s[2]: Invalid value: fixed");
    }

    @Test
    void namesThatTheLanguageReservesAreWrittenWithUnderscores() {
        String schema = "{type: object, properties: {namespace: {type: string}, a-b: {type: string}}, "
                + "x-kubernetes-validations: [{rule: 'self.__namespace__ == self.a__dash__b', message: same}]}";
        assertThat(refused(schema, null, "{namespace: x, a-b: x}")).isEmpty();
        assertThat(refused(schema, null, "{namespace: x, a-b: y}")).containsExactly("s: Invalid value: same");
    }

    @Test
    void anUnknownWordIsAFaultOfOurs() {
        assertThatThrownBy(() -> SchemaReader.read(yaml("{type: object, oneOf: []}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oneOf");
        assertThatThrownBy(() -> new Rule("isURL(self)", null, null, false).compile())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("isURL");
    }

    private static String object(String rule) {
        return "{type: object, properties: {a: {type: string}}, x-kubernetes-validations: [" + rule + "]}";
    }

    private static List<String> refused(String schema, @Nullable String before, String after) {
        List<Refusal> refusals = new ArrayList<>();
        new Rules(refusals, refusals)
                .check(
                        yaml(after),
                        before == null ? null : yaml(before),
                        SchemaReader.read(yaml(schema)),
                        FieldPath.ROOT.field("s"));
        return refusals.stream().map(Refusal::toString).toList();
    }

    private static JsonNode yaml(String text) {
        return JsonMapper.builder()
                .build()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }
}
