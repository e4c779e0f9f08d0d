package dev.portcullis.cli.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes texts of documents. */
public final class DocumentWriter {
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ObjectMapper YAML =
            new YAMLMapper(yaml().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build());

    /** With every text between double quotes, so that each backslash begins an escape. */
    private static final ObjectMapper QUOTED =
            new YAMLMapper(yaml().disable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build());

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private static YAMLFactoryBuilder yaml() {
        return YAMLFactory.builder()
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .stringQuotingChecker(new Quoting());
    }

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
            String text = YAML.writeValueAsString(document);
            boolean mayHaveShortEscapes = text.contains("\\L") || text.contains("\\P");
            return mayHaveShortEscapes && hasSeparators(document.toString())
                    ? ESCAPE.matcher(QUOTED.writeValueAsString(document))
                            .replaceAll(match -> Matcher.quoteReplacement(longer(match.group())))
                    : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object documents) {
        try {
            // where else than in a text could they be; and whoever reads it as YAML may take them for ends of lines
            return JSON.writeValueAsString(documents)
                    .replace("\u0085", "\\u0085")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasSeparators(String text) {
        return text.indexOf(LINE_SEPARATOR) >= 0 || text.indexOf(PARAGRAPH_SEPARATOR) >= 0;
    }

    /** The short forms of two escapes are not known to every reader of YAML 1.2. */
    private static String longer(String escape) {
        return switch (escape) {
            case "\\L" -> "\\u2028";
            case "\\P" -> "\\u2029";
            default -> escape;
        };
    }
}
