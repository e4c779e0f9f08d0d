package dev.portcullis.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.portcullis.api.Bounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of a decision in a status, and of what is deeper than the operator ever writes only that it is there: whoever may write a status may nest as
 * deep as the API server takes, and what is copied over and over must not use up the stack.
 */
final class ShallowObjectDeserializer extends JsonDeserializer<Map<String, Object>> {
    private static final int DEEPEST = 2 * Bounds.METADATA_DEPTH;

    @Override
    public @Nullable Map<String, Object> deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        return object(parser, 1);
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser, depth));
        }
        return object;
    }

    private static List<Object> list(JsonParser parser, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, depth));
        }
        return list;
    }

    @SuppressWarnings("NullAway") // JSON has null
    private static Object value(JsonParser parser, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> {
                if (depth == DEEPEST) {
                    parser.skipChildren();
                    yield "…";
                }
                yield parser.currentToken() == JsonToken.START_OBJECT
                        ? object(parser, depth + 1)
                        : list(parser, depth + 1);
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
