package dev.portcullis.cli.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collection;
import java.util.stream.Collectors;

/** Makes texts of documents. */
public final class DocumentWriter {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ObjectMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .stringQuotingChecker(new Quoting())
            .build());

    private DocumentWriter() {}

    /** All documents, with the end of the last line. */
    public static String text(Format format, Collection<? extends JsonNode> documents) {
        return switch (format) {
            case YAML -> documents.stream().map(DocumentWriter::yaml).collect(Collectors.joining("---\n"));
            case JSON -> json(documents) + "\n";
        };
    }

    /** One document, with the end of its last line. */
    public static String text(Format format, JsonNode document) {
        return switch (format) {
            case YAML -> yaml(document);
            case JSON -> json(document) + "\n";
        };
    }

    private static String yaml(JsonNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object documents) {
        try {
            return JSON.writeValueAsString(documents);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
