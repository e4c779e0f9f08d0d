package dev.portcullis.operator.agreement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.DataUsageAgreement;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The finalizer that holds an agreement until its access is gone. Both changes name the UID and the version that was read: an agreement created anew
 * under the same name, or changed meanwhile, is another matter, and looked at anew.
 */
final class Finalizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext JSON_PATCH = PatchContext.of(PatchType.JSON);

    private Finalizer() {}

    static boolean isOn(DataUsageAgreement agreement) {
        return agreement.hasFinalizer(PortcullisApi.REVOKE_FINALIZER);
    }

    static void add(DataUsageAgreement agreement, KubernetesClient client) {
        List<String> finalizers = new ArrayList<>(agreement.getMetadata().getFinalizers());
        finalizers.add(PortcullisApi.REVOKE_FINALIZER);
        patch(agreement, finalizers, client);
    }

    static void remove(DataUsageAgreement agreement, KubernetesClient client) {
        List<String> finalizers = new ArrayList<>(agreement.getMetadata().getFinalizers());
        finalizers.remove(PortcullisApi.REVOKE_FINALIZER);
        try {
            patch(agreement, finalizers, client);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static void patch(DataUsageAgreement agreement, List<String> finalizers, KubernetesClient client) {
        ObjectMeta metadata = agreement.getMetadata();
        List<Map<String, Object>> steps = List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", metadata.getUid()),
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", metadata.getResourceVersion()),
                Map.of("op", "add", "path", "/metadata/finalizers", "value", finalizers));
        try {
            client.resource(agreement).patch(JSON_PATCH, JSON.writeValueAsString(steps));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of texts are always JSON", e);
        }
    }
}
