package dev.portcullis.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML 1.2 so that the line of each value is known. A key given twice, an anchor that holds itself and a text that unfolds to more than it should are faults. */
public final class YamlText {
    /** A key of YAML 1.1 that has a meaning. */
    private static final String MERGE = "<<";

    private static final int MOST_VALUES = 200_000;
    /** As many as so many values may have, as in what kubectl wrote of a whole cluster. */
    private static final int MOST_CHARACTERS = 32_000_000;

    private static final int DEEPEST = 64;
    /** Two braces outside of quotes and comments: of YAML that would be a mapping for a key. */
    private static final Pattern TEMPLATE = Pattern.compile("^[^\"'#]*\\{[{%]");

    private static final char NEXT_LINE = 0x85;
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlText(String file) {
        this.file = file;
    }

    /** The documents of a text; those that are empty are left out. What cannot be read is added to the faults. */
    public static List<YamlDocument> documents(String file, String text, List<Fault> faults) {
        List<YamlDocument> documents = new ArrayList<>();
        try {
            checkLength(file, text);
            checkBreaks(file, text);
            checkDocuments(file, text);
            readAll(file, text, documents);
        } catch (Unreadable e) {
            faults.add(template(file, text).orElse(e.fault));
        } catch (MarkedYamlEngineException e) {
            faults.add(template(file, text)
                    .orElseGet(() -> new Fault(file, line(e.getProblemMark()), "this is no YAML: " + e.getProblem())));
        } catch (YamlEngineException e) {
            faults.add(new Fault(file, 1, "this is no YAML: " + e.getMessage()));
        }
        return documents;
    }

    private static void readAll(String file, String text, List<YamlDocument> documents) {
        LoadSettings settings = settings(file, text);
        StreamReader characters = new StreamReader(settings, text);
        try {
            Composer roots = composer(file, settings, characters);
            while (roots.hasNext()) {
                YamlText reader = new YamlText(file);
                JsonNode tree = reader.read(roots.next(), "", 0);
                if (!tree.isNull()) {
                    documents.add(new YamlDocument(file, tree, Map.copyOf(reader.lines)));
                }
            }
        } catch (NumberFormatException e) {
            // the parser's own: it counts the digits of an escape only after it has read them
            throw new Unreadable(
                    new Fault(
                            file,
                            characters.getLine() + 1,
                            "this is no YAML: after \\x, \\u and \\U between double quotes come 2, 4 and 8 digits of a character; is the file cut off?"));
        }
    }

    /** Why a text is no YAML, if it is because it is to become one. */
    private static Optional<Fault> template(String file, String text) {
        int line = 0;
        for (String one : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (TEMPLATE.matcher(one).find()) {
                return Optional.of(
                        new Fault(
                                file,
                                line,
                                "this is a template, and no manifest yet: let helm template (or whatever else fills it in) write the manifests, and name the folder where they are"));
            }
        }
        return Optional.empty();
    }

    private static void checkLength(String file, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new Unreadable(new Fault(
                    file, 1, "this has more than " + MOST_CHARACTERS + " characters: write it in several files"));
        }
    }

    /**
     * Refuses what ends a line in YAML 1.1, as Kubernetes reads it, and not in 1.2: behind a comment there could be a field that only one of them sees.
     */
    private static void checkBreaks(String file, String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == '\n') {
                line++;
            }
            boolean isLoneReturn = at == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (isLoneReturn || at == NEXT_LINE || at == LINE_SEPARATOR || at == PARAGRAPH_SEPARATOR) {
                throw new Unreadable(new Fault(
                        file,
                        line,
                        "the character U+%04X ends a line for some programs and not for others: leave it out, or write it as \\u%04X between double quotes"
                                .formatted((int) at, (int) at)));
            }
        }
    }

    /** Refuses what begins or ends a document here, and not where a file is split by lines of three dashes and only the first document of each piece is read. */
    private static void checkDocuments(String file, String text) {
        int line = 1;
        for (int from = 0; from < text.length(); line++) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            String rest = text.substring(Math.min(from + 3, to), to).strip();
            if (text.startsWith("...", from)
                    || (text.startsWith("---", from) && !rest.isEmpty() && !rest.startsWith("#"))) {
                throw new Unreadable(
                        new Fault(
                                file,
                                line,
                                "some programs begin another document here and others do not: write --- alone on a line between two documents, and nothing after the last"));
            }
            from = to + 1;
        }
    }

    private static Composer composer(String file, LoadSettings settings, StreamReader characters) {
        ParserImpl parser = new ParserImpl(settings, characters);
        return new Composer(settings, new ShallowParser(parser, DEEPEST, event -> {
            throw new Unreadable(new Fault(
                    file, line(event.getStartMark()), "this is more than " + DEEPEST + " values inside each other"));
        }));
    }

    private static LoadSettings settings(String file, String text) {
        return LoadSettings.builder()
                .setLabel(file)
                // values are counted as they are read, those of an anchor each time
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                // the length is looked at before
                .setCodePointLimit(Integer.MAX_VALUE)
                // in one piece: where a piece ends between the halves of a character, the reader fails
                .setBufferSize(text.length() + 1)
                .build();
    }

    private JsonNode read(Node node, String pointer, int depth) {
        if (lines.size() >= MOST_VALUES || depth > DEEPEST) {
            throw unreadable(
                    node,
                    "this unfolds to more than " + MOST_VALUES + " values, or to more than " + DEEPEST
                            + " inside each other: write it without anchors, or in several files");
        }
        lines.put(pointer, line(node.getStartMark()));
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(read(element, pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw unreadable(entry.getKeyNode(), "a key is a word");
            }
            if (key.getValue().equals(MERGE)) {
                throw unreadable(
                        key,
                        "<< puts other fields in its place for some programs and is a field of that name for others: write them out");
            }
            if (object.has(key.getValue())) {
                throw unreadable(key, "the field " + key.getValue() + " is there twice: leave one of them out");
            }
            String child = pointer + "/" + YamlDocument.escaped(key.getValue());
            object.set(key.getValue(), read(entry.getValueNode(), child, depth + 1));
            // the line of a field is that of its name
            lines.put(child, line(key.getStartMark()));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        try {
            if (tag.equals(Tag.NULL)) {
                return JsonNodeFactory.instance.nullNode();
            }
            if (tag.equals(Tag.BOOL)) {
                return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
            }
            if (tag.equals(Tag.INT)) {
                return JsonNodeFactory.instance.numberNode(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            throw unreadable(node, text + " is no number: quote it where a text is meant");
        }
        if (!tag.equals(Tag.STR)) {
            throw unreadable(node, "tags like " + tag.getValue() + " are not read: leave it out");
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private Unreadable unreadable(Node node, String message) {
        return new Unreadable(new Fault(file, line(node.getStartMark()), message));
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        Unreadable(Fault fault) {
            super(fault.message(), null, false, false);
            this.fault = fault;
        }
    }
}
