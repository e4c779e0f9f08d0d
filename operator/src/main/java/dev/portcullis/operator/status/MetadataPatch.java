package dev.portcullis.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** Writes one part of an object's metadata. It names the UID and the version that was read: an object that was changed meanwhile, or created anew, is looked at anew. */
public final class MetadataPatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext JSON_PATCH = PatchContext.of(PatchType.JSON);

    private MetadataPatch() {}

    /** @param part the field of the metadata; it is written whole */
    public static void put(HasMetadata read, String part, Object value, KubernetesClient client) {
        ObjectMeta metadata = read.getMetadata();
        List<Map<String, Object>> steps = List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", metadata.getUid()),
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", metadata.getResourceVersion()),
                Map.of("op", "add", "path", "/metadata/" + part, "value", value));
        try {
            client.resource(read).patch(JSON_PATCH, JSON.writeValueAsString(steps));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists and maps of texts are always JSON", e);
        }
    }
}
