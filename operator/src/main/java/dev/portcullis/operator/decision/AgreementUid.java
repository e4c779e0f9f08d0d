package dev.portcullis.operator.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.decision.Decision;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes down, on the Decision itself, which agreement it is about: unlike its status, that survives a backup. */
final class AgreementUid {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext JSON_PATCH = PatchContext.of(PatchType.JSON);

    private AgreementUid() {}

    /** Names the UID and the version that was read: a Decision that was changed meanwhile, or created anew, is looked at anew. */
    static void write(Decision decision, String agreementUid, KubernetesClient client) {
        ObjectMeta metadata = decision.getMetadata();
        Map<String, String> annotations = new TreeMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        annotations.put(Annotations.AGREEMENT_UID, agreementUid);
        List<Map<String, Object>> steps = List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", metadata.getUid()),
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", metadata.getResourceVersion()),
                Map.of("op", "add", "path", "/metadata/annotations", "value", annotations));
        try {
            client.resource(decision).patch(JSON_PATCH, JSON.writeValueAsString(steps));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of texts are always JSON", e);
        }
    }
}
