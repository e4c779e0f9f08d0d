package dev.portcullis.cli.exports;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.console.CannotBeDone;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
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
        Config config = Config.autoConfigure(context.orElse(null));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
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
            throw new CannotBeDone(
                    "the cluster does not give its resources of kind " + type.getSimpleName() + ": " + sentence(e), e);
        }
    }

    /** Teams are not everybody's to read; agreements that were judged name their teams themselves. */
    private List<Team> teams() {
        try {
            return client.resources(Team.class).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw new CannotBeDone("the cluster does not give its resources of kind Team: " + sentence(e), e);
            }
            warnings.accept(
                    "Teams may not be read (the ClusterRole portcullis-reviewer allows it): agreements that nobody has judged yet"
                            + " are exported as if each namespace were a team of its own name");
            return List.of();
        }
    }

    private static String sentence(KubernetesClientException failure) {
        return failure.getStatus() == null
                ? String.valueOf(failure.getMessage())
                : failure.getStatus().getMessage();
    }
}
