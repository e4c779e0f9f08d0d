package dev.portcullis.cli.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A standard's schema, as src/test/resources/standards restates it. */
public final class StandardSchema {
    public static final StandardSchema DUAS = new StandardSchema("duas-0.0.1");
    public static final StandardSchema ODAA = new StandardSchema("odaa-0.9.0");
    public static final StandardSchema DPS = new StandardSchema("dps-0.0.1");
    public static final StandardSchema ODPS = new StandardSchema("odps-1");

    private final String name;

    private StandardSchema(String name) {
        this.name = name;
    }

    /** What is wrong with a document. */
    public List<String> faults(JsonNode document) {
        return schema().validate(document).stream()
                .map(ValidationMessage::toString)
                .sorted()
                .toList();
    }

    private JsonSchema schema() {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(documents(resource("/standards/" + name + ".yaml")).get(0), config);
    }

    public static String resource(String path) {
        try (InputStream stream = Objects.requireNonNull(StandardSchema.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a text of YAML or JSON says, as the engine reads it. */
    public static List<JsonNode> documents(String text) {
        List<Fault> faults = new ArrayList<>();
        List<JsonNode> trees = YamlText.documents("text", text, faults).stream()
                .map(YamlDocument::tree)
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults + "\n" + text);
        }
        return trees;
    }
}
