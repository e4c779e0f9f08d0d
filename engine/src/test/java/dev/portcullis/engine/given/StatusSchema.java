package dev.portcullis.engine.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The API server's view of a status: what it would refuse by the CustomResourceDefinition, and what comes back when it is read again. A status
 * that is refused is never written, and a decision in it never counts.
 */
final class StatusSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMA = read();

    private StatusSchema() {}

    static DataUsageAgreementStatus storedAndRead(DataUsageAgreementStatus status) {
        JsonNode stored = JSON.valueToTree(status);
        List<String> faults = new ArrayList<>();
        collectFaults("status", stored, SCHEMA, faults);
        if (!faults.isEmpty()) {
            throw new AssertionError("the API server refuses the status: " + faults);
        }
        return JSON.convertValue(stored, DataUsageAgreementStatus.class);
    }

    private static void collectFaults(String path, JsonNode value, JsonNode schema, List<String> faults) {
        atMost(
                path,
                "characters",
                value.isTextual() ? value.textValue().length() : 0,
                schema.path("maxLength"),
                faults);
        atMost(path, "items", value.isArray() ? value.size() : 0, schema.path("maxItems"), faults);
        atMost(path, "keys", value.isObject() ? value.size() : 0, schema.path("maxProperties"), faults);
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            faults.add(path + " is " + value + ", not one of " + schema.get("enum"));
        }
        if (schema.has("required")) {
            schema.get("required").forEach(field -> {
                if (!value.has(field.textValue())) {
                    faults.add(path + "." + field.textValue() + " is missing");
                }
            });
        }
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return;
        }
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode() && schema.has("additionalProperties")) {
                known = schema.get("additionalProperties");
            }
            if (known.isMissingNode()) {
                faults.add(path + "." + field.getKey() + " is no field");
            }
            collectFaults(path + "." + field.getKey(), field.getValue(), known, faults);
        });
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collectFaults(path + "[" + i + "]", value.get(i), schema.path("items"), faults);
            }
        }
    }

    private static void atMost(String path, String what, int is, JsonNode bound, List<String> faults) {
        if (bound.isNumber() && is > bound.asInt()) {
            faults.add(path + " has " + is + " " + what + ", " + bound + " at most");
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(value::equals);
    }

    private static JsonNode read() {
        Path crd =
                Path.of(System.getProperty("portcullis.root", ".."), "crds", "datausageagreements.portcullis.dev.yaml");
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(crd.toFile())
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
