package dev.portcullis.cli.exports;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.live.Clusters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a live cluster with the caller's own rights. */
final class ClusterInventory {
    private final KubernetesClient client;
    private final Consumer<String> warnings;

    ClusterInventory(KubernetesClient client, Consumer<String> warnings) {
        this.client = client;
        this.warnings = warnings;
    }

    /** @param context of the kubeconfig; empty: the current one */
    static Inventory read(Optional<String> context, Consumer<String> warnings) {
        try (KubernetesClient client = Clusters.client(context.orElse(null))) {
            return new ClusterInventory(client, warnings).read();
        }
    }

    Inventory read() {
        return new Inventory(all(DataUsageAgreement.class), all(OutputPort.class), all(DataProduct.class), teams());
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        try {
            return client.resources(type).inAnyNamespace().list().getItems();
        } catch (KubernetesClientException e) {
            throw failure(type, e);
        }
    }

    /** Teams are not everybody's to read; agreements that were judged name their teams themselves. */
    private List<Team> teams() {
        try {
            return client.resources(Team.class).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw failure(Team.class, e);
            }
            warnings.accept(
                    "Teams may not be read (the ClusterRole portcullis-reviewer allows it): agreements that nobody has judged yet"
                            + " are exported as if each namespace were a team of its own name");
            return List.of();
        }
    }

    private CannotBeDone failure(Class<?> type, KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? new CannotBeDone(
                        "you may not list resources of kind " + type.getSimpleName() + " in all namespaces: "
                                + Clusters.said(e) + "; the ClusterRole portcullis-viewer allows it",
                        e)
                : Clusters.failure(client, e);
    }
}
