package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A kind, as its CustomResourceDefinition has it.
 *
 * @param versions the schema of each version by the apiVersion that manifests give
 */
record ResourceKind(boolean namespaced, Map<String, Schema> versions) {
    private static final String FOLDER = "/crds/";

    /** Reads the definition; empty where we have no such kind. */
    static Optional<ResourceKind> read(String kind) {
        try (InputStream file =
                ResourceKind.class.getResourceAsStream(FOLDER + plural(kind) + ".portcullis.dev.yaml")) {
            return file == null ? Optional.empty() : Optional.of(of(tree(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plural(String kind) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return singular.endsWith("y") ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
    }

    private static JsonNode tree(InputStream file) {
        return JsonMapper.builder()
                .build()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(file));
    }

    private static ResourceKind of(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        Map<String, Schema> versions = new LinkedHashMap<>();
        for (JsonNode version : spec.path("versions")) {
            versions.put(
                    spec.path("group").asText() + "/" + version.path("name").asText(),
                    withMetadata(SchemaReader.read(version.path("schema").path("openAPIV3Schema"))));
        }
        return new ResourceKind(spec.path("scope").asText().equals("Namespaced"), versions);
    }

    /** What the API server adds: rules may ask for the name, and for nothing else of the metadata. */
    private static Schema withMetadata(Schema root) {
        Schema text = leaf("string", Map.of());
        Map<String, Schema> fields = new LinkedHashMap<>(root.properties());
        fields.put("apiVersion", text);
        fields.put("kind", text);
        fields.put("metadata", leaf("object", Map.of("name", text, "generateName", text)));
        return new Schema(
                root.type(),
                root.nullable(),
                root.open(),
                fields,
                root.values(),
                root.items(),
                root.standard(),
                root.required(),
                root.choices(),
                root.bounds(),
                root.list(),
                root.rules(),
                root.ruled());
    }

    private static Schema leaf(String type, Map<String, Schema> fields) {
        return new Schema(
                type,
                false,
                false,
                fields,
                null,
                null,
                null,
                List.of(),
                List.of(),
                Bounds.NONE,
                Schema.ListType.ATOMIC,
                List.of(),
                false);
    }

    @Nullable
    Schema schema(String apiVersion) {
        return versions.get(apiVersion);
    }
}
