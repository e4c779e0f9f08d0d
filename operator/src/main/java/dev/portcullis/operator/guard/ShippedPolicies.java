package dev.portcullis.operator.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The validating policies and bindings this version was built with: what must be in the cluster for an annotation to be a decision. */
public final class ShippedPolicies {
    private static final List<String> FILES =
            List.of("agreements.yaml", "decisions.yaml", "status.yaml", "ports.yaml", "grants.yaml", "in-use.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> objects = new ArrayList<>();

    public ShippedPolicies() {
        for (String file : FILES) {
            for (Object document : documents(file)) {
                objects.add(JSON.valueToTree(document));
            }
        }
        if (policies().size() != FILES.size() || bindings().size() != FILES.size()) {
            // a guard that expects nothing would find everything whole
            throw new IllegalStateException("the program was built with other admission policies than it knows: "
                    + policies().keySet() + " bound by " + bindings().keySet());
        }
    }

    /** The spec of each policy, by name. */
    public Map<String, JsonNode> policies() {
        return ofKind("ValidatingAdmissionPolicy");
    }

    /** The spec of each binding, by name. */
    public Map<String, JsonNode> bindings() {
        return ofKind("ValidatingAdmissionPolicyBinding");
    }

    private Map<String, JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .collect(Collectors.toMap(
                        object -> object.path("metadata").path("name").asText(), object -> object.path("spec")));
    }

    private static List<Object> documents(String file) {
        try (InputStream yaml = ShippedPolicies.class.getResourceAsStream("/admission/" + file)) {
            if (yaml == null) {
                throw new IllegalStateException("the program was built without admission/" + file);
            }
            Object loaded = new KubernetesSerialization().unmarshal(yaml);
            return loaded instanceof KubernetesList list
                    ? new ArrayList<>(list.getItems())
                    : loaded instanceof Collection<?> documents ? new ArrayList<>(documents) : List.of(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
