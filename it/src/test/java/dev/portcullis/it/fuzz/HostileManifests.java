package dev.portcullis.it.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.it.crd.Mutation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Manifests that are good ones with something changed: often so little that the schema takes them, sometimes so much that no parser does. The same random numbers make
 * the same manifests.
 */
public final class HostileManifests {
    /** Several times what a parser with limits takes. The API server takes more, and gives up on the request after a minute of work. */
    private static final int DEEPEST = 4000;

    private static final Pattern DEEP = Pattern.compile("\"deep (lists|objects) (\\d+)\"");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> FREE = Set.of(
            "purpose",
            "title",
            "description",
            "text",
            "reason",
            "displayName",
            "user",
            "country",
            "employment",
            "when",
            "reject",
            "retention",
            "name",
            "database",
            "schema",
            "acceptedTerms",
            "revision",
            "role",
            "host");
    private static final List<String> ANNOTATIONS = Stream.of(
                    "requested-by",
                    "written-by",
                    "decision",
                    "decided-by",
                    "recorded-by",
                    "decision-reason",
                    "decision-link",
                    "decision-metadata",
                    "orphan",
                    "restored-uid",
                    "agreement-uid",
                    "allow-delete",
                    "confirm-removal",
                    "unheard-of")
            .map(name -> "portcullis.dev/" + name)
            .toList();

    /** Reads and writes whatever an API server takes: halves of characters are written as escapes, which is how they get there. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20_000)
                            .maxStringLength(50_000_000)
                            .maxNameLength(5_000_000)
                            .build())
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final Random random;
    private final List<ObjectNode> templates;

    /** {@code templates} are good ones, of any kind. */
    public HostileManifests(Random random, List<ObjectNode> templates) {
        this.random = random;
        this.templates = List.copyOf(templates);
    }

    /** The next one; what it is called and where it is to be is as in its template, but for a few. */
    public ObjectNode next() {
        ObjectNode template = HostileText.one(random, templates);
        ObjectNode manifest = template.deepCopy();
        List<ObjectNode> alike = templates.stream()
                .filter(other -> other.get("kind").equals(template.get("kind")))
                .toList();
        switch (random.nextInt(8)) {
            case 0, 1 -> new Mutation(random, alike).apply(manifest);
            case 2, 3, 4 -> oddTexts((ObjectNode) manifest.get("spec"));
            case 5 -> spoil(manifest.get("spec"));
            case 6 -> spoilMetadata(manifest);
            default -> {
                spoil(manifest.get("spec"));
                spoilMetadata(manifest);
                spoilEnvelope(manifest);
            }
        }
        return manifest;
    }

    /** A merge patch of what people may change, or of what they may not. */
    public ObjectNode patch() {
        ObjectNode patch = JSON.objectNode();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            annotations.set(
                    HostileText.one(random, ANNOTATIONS), random.nextInt(8) == 0 ? JSON.nullNode() : annotation());
        }
        if (random.nextInt(3) == 0) {
            patch.putObject("spec")
                    .set(
                            HostileText.one(
                                    random,
                                    List.of(
                                            "suspend",
                                            "cancelled",
                                            "tags",
                                            "links",
                                            "purpose",
                                            "lifecycle",
                                            "autoApprove",
                                            "end")),
                            value());
        }
        if (random.nextInt(6) == 0) {
            patch.putObject("status").set(HostileText.one(random, List.of("phase", "conditions", "approval")), value());
        }
        if (random.nextInt(6) == 0) {
            ((ObjectNode) patch.get("metadata"))
                    .set(
                            HostileText.one(
                                    random, List.of("finalizers", "labels", "ownerReferences", "managedFields")),
                            value());
        }
        return patch;
    }

    /** As it is sent; what is deeper than a stack becomes so only here. */
    public String json(JsonNode tree) {
        try {
            return DEEP.matcher(MAPPER.writeValueAsString(tree)).replaceAll(deep -> {
                int depth = Integer.parseInt(deep.group(2));
                return deep.group(1).equals("lists")
                        ? "[".repeat(depth) + "]".repeat(depth)
                        : "{\"a\":".repeat(depth) + "{}" + "}".repeat(depth);
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode annotation() {
        return JSON.textNode(
                switch (random.nextInt(4)) {
                    case 0 -> HostileText.one(random, List.of("approved", "rejected", "revoked", "true"));
                    case 1 ->
                        HostileText.one(
                                random,
                                List.of(
                                        "{}",
                                        "{\"a\":[{}]}",
                                        "[]",
                                        "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":1e999}"));
                    default -> HostileText.any(random);
                });
    }

    /** Adds something to some of what is free text, which the schema takes more often than not. */
    private void oddTexts(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value instanceof ObjectNode inner) {
                oddTexts(inner);
            } else if (value instanceof ArrayNode array) {
                array.forEach(element -> {
                    if (element instanceof ObjectNode inner) {
                        oddTexts(inner);
                    }
                });
            } else if (FREE.contains(name) && random.nextBoolean()) {
                String odd = HostileText.any(random);
                object.put(name, value.asText() + odd.substring(0, Math.min(odd.length(), 40)));
            }
        }
    }

    /** Walks down, and does something where it ends. */
    private void spoil(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            if (names.isEmpty() || random.nextInt(8) == 0) {
                object.set(HostileText.any(random), value());
                return;
            }
            String name = HostileText.one(random, names);
            if (object.get(name).isContainerNode() && random.nextInt(5) > 0) {
                spoil(object.get(name));
            } else {
                object.set(name, instead(object.get(name)));
            }
        } else if (node instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextInt(4) == 0) {
                lengthen(array);
            } else {
                int i = random.nextInt(array.size());
                if (array.get(i).isContainerNode()) {
                    spoil(array.get(i));
                } else {
                    array.set(i, instead(array.get(i)));
                }
            }
        }
    }

    private void lengthen(ArrayNode array) {
        JsonNode element = array.isEmpty() ? value() : array.get(0);
        int count = HostileText.one(
                random,
                element.toString().length() > 1000 ? List.of(1, 16) : List.of(1, 16, 17, 64, 100, 101, 1001, 5000));
        for (int i = 0; i < count; i++) {
            JsonNode another = element.deepCopy();
            if (another instanceof ObjectNode object && object.path("name").isTextual()) {
                object.put("name", object.get("name").textValue() + i);
            }
            array.add(another.isTextual() ? JSON.textNode(another.textValue() + i) : another);
        }
    }

    private JsonNode instead(JsonNode before) {
        return before.isTextual() && random.nextInt(6) > 0 ? JSON.textNode(HostileText.any(random)) : value();
    }

    private JsonNode value() {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 ->
                HostileText.one(
                        random,
                        List.of(
                                JSON.numberNode(-1),
                                JSON.numberNode(Long.MAX_VALUE),
                                JSON.numberNode(BigInteger.ONE.shiftLeft(64)),
                                JSON.numberNode(1e300),
                                JSON.numberNode(0.1),
                                JSON.numberNode(-0.0)));
            case 3 -> deep(HostileText.one(random, List.of(10, 60, 1000, DEEPEST)));
            case 4 -> JSON.objectNode().set(HostileText.any(random), JSON.textNode(HostileText.any(random)));
            case 5 -> JSON.arrayNode().add(HostileText.any(random)).addNull();
            default -> JSON.textNode(HostileText.any(random));
        };
    }

    private JsonNode deep(int depth) {
        return JSON.textNode("deep " + (random.nextBoolean() ? "lists " : "objects ") + depth);
    }

    private void spoilMetadata(ObjectNode manifest) {
        ObjectNode metadata = (ObjectNode) manifest.get("metadata");
        switch (random.nextInt(6)) {
            case 0 -> metadata.putObject("labels").put(HostileText.any(random), HostileText.any(random));
            case 1 ->
                metadata.set(
                        HostileText.one(
                                random,
                                List.of(
                                        "finalizers",
                                        "ownerReferences",
                                        "managedFields",
                                        "generation",
                                        "resourceVersion",
                                        "uid",
                                        "creationTimestamp",
                                        "deletionTimestamp",
                                        "selfLink",
                                        "generateName",
                                        "annotations",
                                        "labels")),
                        value());
            case 2 ->
                metadata.putArray("finalizers")
                        .add(HostileText.one(
                                random, List.of("portcullis.dev/revoke", "portcullis.dev/other", "example.com/x")));
            case 3 -> metadata.putObject("annotations").put(HostileText.any(random), HostileText.any(random));
            default -> {
                ObjectNode annotations = metadata.putObject("annotations");
                int count = 1 + random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    annotations.set(HostileText.one(random, ANNOTATIONS), annotation());
                }
            }
        }
    }

    private void spoilEnvelope(ObjectNode manifest) {
        switch (random.nextInt(5)) {
            case 0 -> manifest.set("spec", value());
            case 1 -> manifest.set("status", value());
            case 2 -> manifest.put(HostileText.one(random, List.of("kind", "apiVersion")), HostileText.any(random));
            case 3 -> manifest.set(HostileText.any(random), value());
            default ->
                ((ObjectNode) manifest.get("metadata"))
                        .set(
                                HostileText.one(random, List.of("name", "namespace")),
                                random.nextBoolean() ? JSON.textNode("n".repeat(253)) : value());
        }
    }
}
