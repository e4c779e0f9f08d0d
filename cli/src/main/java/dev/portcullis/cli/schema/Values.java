package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Types, bounds, choices, required fields, and what is in a list twice. */
final class Values {
    private final List<Refusal> refusals;

    Values(List<Refusal> refusals) {
        this.refusals = refusals;
    }

    void check(JsonNode value, Schema schema, FieldPath path) {
        if (!fits(value, schema)) {
            String type = typeOf(value);
            refusals.add(Refusal.blocking(
                    path,
                    "Invalid value: \"" + type + "\": " + path.nameInBody() + " in body must be of type "
                            + schema.type() + ": \"" + type + "\""));
        }
        schema.bounds().check(value, path, refusals);
        if (!schema.choices().isEmpty() && !schema.choices().contains(value)) {
            refusals.add(Refusal.blocking(
                    path,
                    "Unsupported value: " + Printed.of(value) + ": supported values: "
                            + schema.choices().stream().map(JsonNode::toString).collect(Collectors.joining(", "))));
        }
        if (value.isObject()) {
            checkObject(value, schema, path);
        } else if (value.isArray()) {
            checkArray(value, schema, path);
        }
    }

    private void checkObject(JsonNode object, Schema schema, FieldPath path) {
        for (String name : schema.required()) {
            if (!object.has(name)) {
                refusals.add(new Refusal(path.field(name).nameInBody(), path.pointer(), "Required value", true));
            }
        }
        for (var field : object.properties()) {
            String name = field.getKey();
            Schema known = schema.properties().get(name);
            if (known != null) {
                check(field.getValue(), known, path.field(name));
            } else if (schema.values() != null) {
                check(field.getValue(), schema.values(), path.key(name));
            }
        }
    }

    private void checkArray(JsonNode array, Schema schema, FieldPath path) {
        if (schema.list().unique()) {
            checkUnique(array, schema.list(), path);
        }
        if (schema.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                check(array.get(i), schema.items(), path.index(i));
            }
        }
    }

    private void checkUnique(JsonNode array, Schema.ListType list, FieldPath path) {
        if (list.isMap() && !haveKeys(array, path)) {
            return;
        }
        Set<Object> seen = new HashSet<>();
        Set<Object> said = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            Object key = list.keyOf(array.get(i));
            // of what is there three times it is said once
            if (!seen.add(key) && said.add(key)) {
                refusals.add(Refusal.of(path.index(i), "Duplicate value: " + printed(array.get(i), list)));
            }
        }
    }

    /** As the API server, says it of the first alone. */
    private boolean haveKeys(JsonNode array, FieldPath path) {
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isObject() && !array.get(i).isNull()) {
                refusals.add(Refusal.of(
                        path.index(i),
                        "Invalid value: " + Printed.of(array.get(i))
                                + ": must be an object for an array of list-type map"));
                return false;
            }
        }
        return true;
    }

    private static String printed(JsonNode element, Schema.ListType list) {
        return list.isMap()
                ? list.keys().stream()
                        .filter(element::has)
                        .map(key -> "\"" + key + "\":" + Printed.of(element.get(key)))
                        .collect(Collectors.joining(",", "{", "}"))
                : Printed.of(element);
    }

    private static boolean fits(JsonNode value, Schema schema) {
        String type = schema.type();
        if (type == null || (value.isNull() && schema.nullable())) {
            return true;
        }
        return switch (type) {
            case "array" -> value.isArray();
            case "boolean" -> value.isBoolean();
            case "integer" -> isWhole(value);
            case "number" -> value.isNumber();
            case "object" -> value.isObject();
            default -> value.isTextual();
        };
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || (value.isNumber()
                        && value.decimalValue().stripTrailingZeros().scale() <= 0);
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT -> "object";
            case NULL -> "null";
            default -> "string";
        };
    }
}
