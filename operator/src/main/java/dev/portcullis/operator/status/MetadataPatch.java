package dev.portcullis.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/**
 * Writes one part of an object's metadata. It names the UID and the version that was read: an object that was changed meanwhile, or created anew, is a conflict,
 * and looked at anew. By a merge patch, as a failed test of a JSON patch is answered like a mistake of whoever wrote it.
 */
public final class MetadataPatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private MetadataPatch() {}

    /**
     * @param part the field of the metadata
     * @param value what it should hold: a list whole, of a map also everything that was read
     * @throws GoneMeanwhile if the object is not there any more
     */
    public static void put(HasMetadata read, String part, Object value, KubernetesClient client) {
        ObjectMeta metadata = read.getMetadata();
        Map<String, Object> patch = Map.of(
                "metadata",
                Map.of("uid", metadata.getUid(), "resourceVersion", metadata.getResourceVersion(), part, value));
        try {
            String body = JSON.writeValueAsString(patch);
            GoneMeanwhile.notFoundBy(() -> client.resource(read).patch(MERGE, body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists and maps of texts are always JSON", e);
        }
    }
}
