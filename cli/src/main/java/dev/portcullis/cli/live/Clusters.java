package dev.portcullis.cli.live;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.manifests.ManifestsReader;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** Clusters that the caller's kubeconfig names. */
public final class Clusters {
    private Clusters() {}

    /** @param context of the kubeconfig; absent: the current one */
    public static LiveMesh read(@Nullable String context, ManifestsReader reader) {
        Config config = Config.autoConfigure(context);
        config.setRequestRetryBackoffLimit(1);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            return new ClusterReader(client).read(reader);
        } catch (KubernetesClientException e) {
            throw new CannotBeDone(
                    "the cluster at " + config.getMasterUrl() + " does not answer: " + e.getMessage(), e);
        }
    }
}
