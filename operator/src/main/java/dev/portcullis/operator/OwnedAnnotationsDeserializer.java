package dev.portcullis.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.portcullis.api.Annotations;
import io.fabric8.kubernetes.api.model.FieldsV1;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads of the fields of a writer ({@code managedFields[].fieldsV1}) which of our annotations are among them, and passes over all else. Whoever may change
 * an object may have anything in there, of any depth and length; none of it is for the operator to keep, clone or write.
 */
final class OwnedAnnotationsDeserializer extends JsonDeserializer<FieldsV1> {
    private static final List<String> PATH = List.of("f:metadata", "f:annotations");
    private static final String OURS = "f:" + Annotations.PREFIX;
    /** Of most writers: nobody changes what was read. */
    private static final FieldsV1 NOTHING = new FieldsV1();

    @Override
    public FieldsV1 deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Map<String, Object> read = read(parser, PATH);
        if (read.isEmpty()) {
            return NOTHING;
        }
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperties(read);
        return fields;
    }

    private static Map<String, Object> read(JsonParser parser, List<String> path) throws IOException {
        Map<String, Object> kept = new LinkedHashMap<>();
        if (!parser.isExpectedStartObjectToken()) {
            parser.skipChildren();
            return kept;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!path.isEmpty() && path.get(0).equals(name)) {
                Map<String, Object> found = read(parser, path.subList(1, path.size()));
                if (!found.isEmpty()) {
                    kept.put(path.get(0), found);
                }
            } else {
                // no recursion: what is passed over may be deeper than any stack
                parser.skipChildren();
                if (path.isEmpty() && name.startsWith(OURS)) {
                    kept.put(name, Map.of());
                }
            }
        }
        return kept;
    }
}
