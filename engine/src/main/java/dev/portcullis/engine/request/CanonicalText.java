package dev.portcullis.engine.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as one text, the same for equal values and different for different ones: every part says its kind and its length before it comes, and the fields of an
 * object are in the order of their names.
 */
final class CanonicalText {
    private CanonicalText() {}

    static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            text.append('{').append(fields.size()).append(':');
            fields.forEach((name, one) -> {
                append('k', name, text);
                append(one, text);
            });
        } else if (value.isArray()) {
            text.append('[').append(value.size()).append(':');
            value.forEach(one -> append(one, text));
        } else {
            append(value.isTextual() ? 's' : 'v', value.asText(), text);
        }
    }

    private static void append(char kind, String part, StringBuilder text) {
        text.append(kind).append(part.length()).append(':').append(part);
    }
}
