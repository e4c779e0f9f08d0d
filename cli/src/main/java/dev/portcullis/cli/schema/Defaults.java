package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What the API server makes of a value before it looks at it: a null says nothing, and what is not said has its default. */
final class Defaults {
    private Defaults() {}

    /** Changes the value. */
    static void apply(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(field -> saysNothing(field.getValue(), schema.field(field.getKey())));
            schema.properties().forEach((name, field) -> {
                if (field.standard() != null && !object.has(name)) {
                    object.set(name, field.standard().deepCopy());
                }
            });
            for (var field : object.properties()) {
                Schema known = schema.field(field.getKey());
                if (known != null) {
                    apply(field.getValue(), known);
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (JsonNode element : array) {
                apply(element, schema.items());
            }
        }
    }

    private static boolean saysNothing(JsonNode value, @Nullable Schema schema) {
        return value.isNull() && schema != null && !schema.nullable();
    }
}
