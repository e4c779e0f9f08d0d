package dev.portcullis.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.console.Nearest;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object of a document. Every field of it is either read or said to have no place: nothing is lost without a word. */
final class Fields {
    private final YamlDocument document;
    private final String pointer;
    private final List<Fault> said;
    private final Set<String> read = new HashSet<>();
    private final List<Fields> inside = new ArrayList<>();

    /** @param said what has to be said is added */
    Fields(YamlDocument document, String pointer, List<Fault> said) {
        this.document = document;
        this.pointer = pointer;
        this.said = said;
    }

    Optional<String> text(String name) {
        JsonNode value = value(name);
        if (value.isValueNode() && !value.isMissingNode() && !value.isNull()) {
            return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
        }
        sayUnlessAbsent(name, value, "a text");
        return Optional.empty();
    }

    boolean flag(String name) {
        JsonNode value = value(name);
        if (!value.isBoolean()) {
            sayUnlessAbsent(name, value, "true or false");
        }
        return value.asBoolean(false);
    }

    Optional<Fields> object(String name) {
        JsonNode value = value(name);
        if (!value.isObject()) {
            sayUnlessAbsent(name, value, "an object");
            return Optional.empty();
        }
        return Optional.of(inside(at(name)));
    }

    List<Fields> objects(String name) {
        JsonNode value = value(name);
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < value.size() && value.isArray(); i++) {
            if (value.get(i).isObject()) {
                objects.add(inside(at(name) + "/" + i));
            } else {
                say(name, "an element of " + name + " is no object and is left out");
            }
        }
        if (!value.isArray()) {
            sayUnlessAbsent(name, value, "a list");
        }
        return objects;
    }

    List<String> texts(String name) {
        JsonNode value = value(name);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asText()));
        } else {
            sayUnlessAbsent(name, value, "a list");
        }
        return texts;
    }

    Map<String, String> map(String name) {
        JsonNode value = value(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        } else {
            sayUnlessAbsent(name, value, "an object");
        }
        return map;
    }

    /** Whether a field is a list: some have had two forms. */
    boolean isList(String name) {
        return node().path(name).isArray();
    }

    /** A text that is not read by this: whether it has a place is still open. */
    Optional<String> peekText(String name) {
        return Optional.ofNullable(node().path(name).textValue()).filter(text -> !text.isBlank());
    }

    /** Nothing in here has to be said: whoever calls this says it in its own words. */
    void withoutAll() {
        node().fieldNames().forEachRemaining(read::add);
    }

    /** These mean nothing that would have to be said. */
    Fields without(String... names) {
        read.addAll(List.of(names));
        return this;
    }

    boolean isRead(String name) {
        return read.contains(name);
    }

    void say(String name, String message) {
        said.add(document.fault(at(name), message));
    }

    /** Says everything that nobody has read, here and inside. */
    void sayTheRest() {
        node().fieldNames().forEachRemaining(name -> {
            if (!read.contains(name) && !isAbsent(node().path(name))) {
                say(
                        name,
                        name + " has no place in our manifests and is left out" + Nearest.question(name, unwritten()));
            }
        });
        inside.forEach(Fields::sayTheRest);
    }

    /** Says of this and what is inside only what may have been meant for a field that was looked for and not found. */
    void sayTheMisspelt() {
        node().fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                Nearest.to(name, unwritten())
                        .ifPresent(meant -> say(name, "there is no field " + name + ": did you mean " + meant + "?"));
            }
        });
        inside.forEach(Fields::sayTheMisspelt);
    }

    /** What was looked for and is not there. */
    private List<String> unwritten() {
        return read.stream().filter(name -> !node().has(name)).toList();
    }

    /** Where it stands, for people. */
    String place() {
        return document.file() + ", line " + document.line(pointer);
    }

    private void sayUnlessAbsent(String name, JsonNode value, String meant) {
        if (!isAbsent(value) && !(value.isTextual() && value.textValue().isBlank())) {
            say(name, name + " is not " + meant + " and is left out");
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    private Fields inside(String at) {
        Fields fields = new Fields(document, at, said);
        inside.add(fields);
        return fields;
    }

    private JsonNode node() {
        return document.at(pointer);
    }

    private JsonNode value(String name) {
        read.add(name);
        return node().path(name);
    }

    private String at(String name) {
        return pointer + "/" + YamlDocument.escaped(name);
    }
}
