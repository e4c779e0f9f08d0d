package dev.portcullis.operator;

import dev.portcullis.api.agreement.DataUsageAgreement;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before the first start no operator has written a status: what is there was planted in the moment between the kinds and their guard, and would be taken for
 * our own from then on. It is taken away before the installation is written down, so that a start that ends in between begins anew.
 */
final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private FirstStart() {}

    /** @param goesOn asked before each; ends it by what it throws */
    static void takeAwayStatuses(KubernetesClient client, Runnable goesOn) {
        EveryAgreement.forEach(client, agreement -> {
            goesOn.run();
            if (agreement.getStatus() != null) {
                takeAway(client, agreement);
            }
        });
    }

    private static void takeAway(KubernetesClient client, DataUsageAgreement agreement) {
        String namespace = agreement.getMetadata().getNamespace();
        String name = agreement.getMetadata().getName();
        LOG.warn(
                "{}/{} has a status from before the first start of this installation: it does not count",
                namespace,
                name);
        try {
            client.resource(agreement).subresource("status").patch(PatchContext.of(PatchType.JSON), """
                    [{"op": "remove", "path": "/status"}]""");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
