package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a structural schema. A word that it does not know is a fault of ours: who adds one to the types adds it here. */
final class SchemaReader {
    private static final Set<String> WORDS = Set.of(
            "additionalProperties",
            "default",
            "description",
            "enum",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "nullable",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-validations");
    private static final Set<String> WORDS_OF_RULES = Set.of("rule", "message", "messageExpression", "optionalOldSelf");

    private SchemaReader() {}

    static Schema read(JsonNode node) {
        checkWords(node, WORDS);
        Map<String, Schema> properties = new LinkedHashMap<>();
        node.path("properties").properties().forEach(field -> properties.put(field.getKey(), read(field.getValue())));
        Schema values = child(node, "additionalProperties");
        Schema items = child(node, "items");
        List<Rule> rules = rules(node.path("x-kubernetes-validations"));
        boolean ruled = !rules.isEmpty()
                || properties.values().stream().anyMatch(Schema::ruled)
                || (values != null && values.ruled())
                || (items != null && items.ruled());
        return new Schema(
                type(node),
                node.path("nullable").booleanValue(),
                node.path("x-kubernetes-preserve-unknown-fields").booleanValue(),
                properties,
                values,
                items,
                node.get("default"),
                texts(node.path("required")),
                nodes(node.path("enum")),
                bounds(node),
                list(node),
                rules,
                ruled);
    }

    private static @Nullable Schema child(JsonNode node, String name) {
        JsonNode child = node.get(name);
        return child == null ? null : read(child);
    }

    private static @Nullable String type(JsonNode node) {
        JsonNode type = node.get("type");
        if (type != null && !Schema.TYPES.contains(type.textValue())) {
            throw new IllegalStateException("a schema has a type that is not known here: " + type);
        }
        return type == null ? null : type.textValue();
    }

    private static Bounds bounds(JsonNode node) {
        JsonNode pattern = node.get("pattern");
        return new Bounds(
                count(node, "minLength"),
                count(node, "maxLength"),
                pattern == null ? null : Pattern.compile(pattern.textValue()),
                count(node, "minItems"),
                count(node, "maxItems"),
                count(node, "minProperties"),
                count(node, "maxProperties"),
                number(node, "minimum"),
                number(node, "maximum"));
    }

    private static @Nullable Long count(JsonNode node, String name) {
        JsonNode bound = node.get(name);
        return bound == null ? null : bound.longValue();
    }

    private static @Nullable BigDecimal number(JsonNode node, String name) {
        JsonNode bound = node.get(name);
        return bound == null ? null : bound.decimalValue();
    }

    private static Schema.ListType list(JsonNode node) {
        String word = node.path("x-kubernetes-list-type").asText("atomic");
        return switch (word) {
            case "atomic" -> Schema.ListType.ATOMIC;
            case "set" -> Schema.ListType.SET;
            case "map" -> new Schema.ListType(true, texts(node.path("x-kubernetes-list-map-keys")));
            default -> throw new IllegalStateException("a schema has a kind of list that is not known here: " + word);
        };
    }

    private static List<Rule> rules(JsonNode node) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : node) {
            checkWords(rule, WORDS_OF_RULES);
            rules.add(new Rule(
                    rule.path("rule").textValue(),
                    rule.path("message").textValue(),
                    rule.path("messageExpression").textValue(),
                    rule.path("optionalOldSelf").booleanValue()));
        }
        return List.copyOf(rules);
    }

    private static void checkWords(JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(word -> {
            if (!known.contains(word)) {
                throw new IllegalStateException("a schema has a word that is not known here: " + word);
            }
        });
    }

    private static List<String> texts(JsonNode array) {
        return nodes(array).stream().map(JsonNode::textValue).toList();
    }

    private static List<JsonNode> nodes(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return List.copyOf(nodes);
    }
}
