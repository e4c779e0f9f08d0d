package dev.portcullis.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A document of a YAML file.
 *
 * @param tree what it says
 * @param lines the line of each value, from 1, by its JSON pointer
 */
public record YamlDocument(String file, JsonNode tree, Map<String, Integer> lines) {
    /** The line of a value, or of the one around it that is there. */
    public int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    public Fault fault(String pointer, String message) {
        return new Fault(file, line(pointer), message);
    }

    public JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** A field's name in a JSON pointer. */
    public static String escaped(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }
}
