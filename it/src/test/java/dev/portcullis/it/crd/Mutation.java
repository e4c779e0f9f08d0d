package dev.portcullis.it.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Changes a resource somewhere, mostly so that it is still nearly one. */
public final class Mutation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NO_BREAK_SPACE = "\u00a0";

    private final Random random;
    /** Resources of the same kind, to take parts from. */
    private final List<ObjectNode> others;

    public Mutation(Random random, List<ObjectNode> others) {
        this.random = random;
        this.others = others;
    }

    public void apply(ObjectNode resource) {
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            if (random.nextInt(8) == 0) {
                changeMetadata((ObjectNode) resource.get("metadata"));
            } else if (resource.path("spec").isObject()) {
                change(resource, "spec", one(others).get("spec"));
            }
        }
    }

    private void changeMetadata(ObjectNode metadata) {
        String field = one(List.of("labels", "annotations"));
        switch (random.nextInt(4)) {
            case 0 -> metadata.set("owner", JSON.textNode("nobody"));
            case 1 -> metadata.putArray("finalizers").add(one(List.of("example.com/kept", "no form/at all/", "a.b/c")));
            default -> metadata.putObject(field).set(key(), random.nextInt(4) == 0 ? any() : text());
        }
    }

    private JsonNode text() {
        return JSON.textNode(one(List.of("gold", "", "a b", "-a", "a".repeat(64), "2026-01", "ü")));
    }

    private String key() {
        return one(List.of(
                "tier", "example.com/tier", "Example.com/tier", "a b", "", "a/b/c", "/a", "x".repeat(64), "a..b/c"));
    }

    /** Walks down and changes something there. */
    private void change(ObjectNode parent, String field, JsonNode other) {
        JsonNode value = parent.path(field);
        if (value instanceof ObjectNode object && random.nextInt(8) > 0) {
            changeObject(object, other);
        } else if (value instanceof ArrayNode array && random.nextInt(8) > 0) {
            changeArray(array, other);
        } else {
            replace(parent, field, other);
        }
    }

    private void changeObject(ObjectNode object, JsonNode other) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        List<String> missing = new ArrayList<>();
        other.fieldNames().forEachRemaining(missing::add);
        missing.removeAll(names);
        int dice = random.nextInt(12);
        if (dice == 0) {
            object.set(one(List.of("unknown", "namespace", "kind", "a.b")), any());
        } else if (dice <= 3 && !missing.isEmpty()) {
            String name = one(missing);
            object.set(name, other.get(name).deepCopy());
        } else if (!names.isEmpty()) {
            String name = one(names);
            if (dice <= 5) {
                object.remove(name);
            } else {
                change(object, name, other.path(name));
            }
        }
    }

    private void changeArray(ArrayNode array, JsonNode other) {
        int dice = random.nextInt(8);
        if (array.isEmpty() || dice == 0) {
            array.add(other.isArray() && !other.isEmpty() ? other.get(0).deepCopy() : any());
        } else if (dice == 1) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        } else if (dice == 2) {
            array.remove(random.nextInt(array.size()));
        } else if (dice == 3) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(elements::add);
            Collections.shuffle(elements, random);
            array.removeAll().addAll(elements);
        } else {
            int i = random.nextInt(array.size());
            JsonNode element = array.get(i);
            if (element instanceof ObjectNode object && dice > 4) {
                changeObject(object, other.path(0));
            } else {
                array.set(i, instead(element));
            }
        }
    }

    private void replace(ObjectNode parent, String field, JsonNode other) {
        parent.set(
                field,
                random.nextInt(3) == 0 && !other.isMissingNode() ? other.deepCopy() : instead(parent.path(field)));
    }

    /** Mostly of the same type. */
    private JsonNode instead(JsonNode value) {
        if (random.nextInt(4) == 0) {
            return any();
        }
        if (value.isTextual()) {
            return JSON.textNode(one(texts(value.textValue())));
        }
        if (value.isNumber()) {
            return JSON.numberNode(one(List.of(-1, 0, 1, 2, 8, 9, 50, 65_535, 65_536, 1_000_000, 1_000_001)));
        }
        return value.isBoolean() ? JSON.booleanNode(!value.booleanValue()) : any();
    }

    private List<String> texts(String text) {
        return List.of(
                text + "x",
                text + " ",
                text.toUpperCase(Locale.ROOT),
                text.repeat(3),
                text.substring(0, text.length() / 2),
                NO_BREAK_SPACE.repeat(12),
                "\u2003\u200b\u180e\u0085        \t",
                "\ud83d\ude00".repeat(1 + random.nextInt(64)),
                one(List.of("a".repeat(63), "a".repeat(64), "a".repeat(257), "a".repeat(2001))),
                one(List.of(
                        "2027-01-31",
                        "2027-01-31T18:00:00Z",
                        "2027-1-31",
                        "P90D",
                        "P0D",
                        "P1Y6M",
                        "1h1h1h",
                        "5m",
                        "0s",
                        "24h1s")),
                one(List.of(
                        "a/b", "a//b", "..", "a/../b", "*", "a*", "External", "Manual", "approved", "revoked", "")));
    }

    private JsonNode any() {
        return one(Stream.<JsonNode>of(
                        JSON.nullNode(),
                        JSON.booleanNode(true),
                        JSON.numberNode(7),
                        JSON.numberNode(7.5),
                        JSON.numberNode(7.0),
                        JSON.textNode("7"),
                        JSON.objectNode(),
                        JSON.objectNode().put("name", "a"),
                        JSON.objectNode().putNull("name"),
                        JSON.arrayNode(),
                        JSON.arrayNode().add("a").add("a"),
                        JSON.arrayNode().addNull(),
                        JSON.arrayNode().add(JSON.objectNode().put("name", "a")))
                .toList());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
