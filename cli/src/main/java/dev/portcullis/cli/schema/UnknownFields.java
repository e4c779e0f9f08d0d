package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields that the schema does not know, which kubectl has refused by the API server. */
final class UnknownFields {
    private static final Set<String> OF_ALL = Set.of("apiVersion", "kind", "metadata");
    private static final Set<String> OF_METADATA = Set.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "labels",
            "managedFields",
            "name",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private final List<Refusal> refusals;

    private UnknownFields(List<Refusal> refusals) {
        this.refusals = refusals;
    }

    static void check(JsonNode resource, Schema schema, List<Refusal> refusals) {
        UnknownFields unknown = new UnknownFields(refusals);
        for (var field : resource.properties()) {
            FieldPath path = FieldPath.ROOT.field(field.getKey());
            if (field.getKey().equals("metadata")) {
                unknown.checkMetadata(field.getValue(), path);
            } else if (!OF_ALL.contains(field.getKey())) {
                unknown.checkField(field.getValue(), schema.field(field.getKey()), path);
            }
        }
    }

    private void checkMetadata(JsonNode metadata, FieldPath path) {
        metadata.fieldNames().forEachRemaining(name -> {
            if (!OF_METADATA.contains(name)) {
                add(path.field(name));
            }
        });
    }

    private void checkField(JsonNode value, @Nullable Schema schema, FieldPath path) {
        if (schema == null) {
            add(path);
        } else {
            check(value, schema, path);
        }
    }

    private void check(JsonNode value, Schema schema, FieldPath path) {
        if (value.isObject()) {
            for (var field : value.properties()) {
                if (!schema.open() || schema.field(field.getKey()) != null) {
                    checkField(field.getValue(), schema.field(field.getKey()), path.field(field.getKey()));
                }
            }
        } else if (value.isArray() && schema.items() != null) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.items(), path.index(i));
            }
        }
    }

    private void add(FieldPath path) {
        refusals.add(new Refusal(path.name(), path.pointer(), "unknown field \"" + path.name() + "\"", true));
    }
}
