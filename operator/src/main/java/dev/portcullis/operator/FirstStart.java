package dev.portcullis.operator;

import dev.portcullis.api.agreement.DataUsageAgreement;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before the first start no operator has written a status: what is there was planted in the moment between the kinds and their guard, and would be taken for
 * our own from then on. It is taken away before the installation is written down, so that a start that ends in between begins anew.
 */
final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    /** What the API server answers where a test of a patch does not hold. */
    private static final int UNPROCESSABLE = 422;

    private FirstStart() {}

    /** @param goesOn asked before each; ends it by what it throws */
    static void takeAwayStatuses(KubernetesClient client, Runnable goesOn) {
        EveryAgreement.forEach(client, agreement -> {
            @Nullable DataUsageAgreement read = agreement;
            do {
                goesOn.run();
                read = read.getStatus() == null || isTakenAway(client, read)
                        ? null
                        : client.resource(read).get();
            } while (read != null);
        });
    }

    /** False where it has changed since it was read: whoever froze in between must not take away what another operator has written. */
    private static boolean isTakenAway(KubernetesClient client, DataUsageAgreement read) {
        LOG.warn(
                "{}/{} has a status from before the first start of this installation: it does not count",
                read.getMetadata().getNamespace(),
                read.getMetadata().getName());
        try {
            client.resource(read).subresource("status").patch(PatchContext.of(PatchType.JSON), """
                    [{"op": "test", "path": "/metadata/uid", "value": "%s"},
                     {"op": "test", "path": "/metadata/resourceVersion", "value": "%s"},
                     {"op": "remove", "path": "/status"}]""".formatted(
                            read.getMetadata().getUid(), read.getMetadata().getResourceVersion()));
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> true;
                case HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE -> false;
                default -> throw e;
            };
        }
    }
}
