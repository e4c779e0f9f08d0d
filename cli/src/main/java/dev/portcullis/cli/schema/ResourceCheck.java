package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the API server would refuse of a resource of ours when somebody who may do all writes it by kubectl. As the API server, it says of a resource with
 * unknown fields nothing else, and asks no rule of one whose types or bounds do not fit. A status is not looked at but for unknown fields: it is not written
 * with the rest.
 */
public final class ResourceCheck {
    private final Map<String, Optional<ResourceKind>> kinds = new ConcurrentHashMap<>();

    /**
     * What would be refused; of other people's kinds nothing.
     *
     * @param before what is there; null where nothing is. One that would be refused itself is taken to be not there
     * @param after what is written
     */
    public List<Refusal> check(@Nullable JsonNode before, JsonNode after) {
        @Nullable ResourceKind kind = kind(after);
        if (kind == null) {
            return List.of();
        }
        String version = after.path("apiVersion").asText();
        Schema schema = kind.schema(version);
        if (schema == null) {
            return List.of(Refusal.blocking(
                    FieldPath.ROOT.field("apiVersion"),
                    "Unsupported value: " + Printed.of(version) + ": supported values: "
                            + String.join(
                                    ", ",
                                    kind.versions().keySet().stream()
                                            .map(Printed::of)
                                            .toList())));
        }
        List<Refusal> refusals = new ArrayList<>();
        UnknownFields.check(after, schema, refusals);
        if (!refusals.isEmpty()) {
            return refusals;
        }
        return check(before, after, kind, schema);
    }

    private static List<Refusal> check(@Nullable JsonNode before, JsonNode after, ResourceKind kind, Schema schema) {
        List<Refusal> refusals = new ArrayList<>();
        JsonNode written = asWritten(after, schema);
        new Metadata(kind.namespaced(), refusals).check(written);
        new Values(refusals).check(written, schema, FieldPath.ROOT);
        if (refusals.stream().anyMatch(Refusal::blocking)) {
            return refusals;
        }
        JsonNode old = before == null || before.equals(after) ? null : asWritten(before, schema);
        List<Refusal> refusedChanges = new ArrayList<>();
        new Rules(refusals, refusedChanges).check(written, old, schema, FieldPath.ROOT);
        if (before != null
                && !refusedChanges.isEmpty()
                && check(null, before, kind, schema).isEmpty()) {
            refusals.addAll(refusedChanges);
        }
        return refusals;
    }

    private static JsonNode asWritten(JsonNode resource, Schema schema) {
        JsonNode written = resource.deepCopy();
        if (written instanceof ObjectNode object) {
            object.remove("status");
        }
        Defaults.apply(written, schema);
        return written;
    }

    private @Nullable ResourceKind kind(JsonNode resource) {
        return resource.path("apiVersion").asText().startsWith("portcullis.dev/")
                ? kinds.computeIfAbsent(resource.path("kind").asText(), ResourceKind::read)
                        .orElse(null)
                : null;
    }

    /** Compiles every rule of a kind, which otherwise happens when it is first asked. */
    void compile(String kind) {
        kinds.computeIfAbsent(kind, ResourceKind::read)
                .ifPresent(known -> known.versions().values().forEach(ResourceCheck::compile));
    }

    private static void compile(Schema schema) {
        schema.rules().forEach(Rule::compile);
        schema.properties().values().forEach(ResourceCheck::compile);
        if (schema.values() != null) {
            compile(schema.values());
        }
        if (schema.items() != null) {
            compile(schema.items());
        }
    }
}
