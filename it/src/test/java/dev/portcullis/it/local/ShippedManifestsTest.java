package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.local.Checkout;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the manifests are said to be in force, they are: at once, not some milliseconds later. */
class ShippedManifestsTest {
    private static final Path SAMPLES = Checkout.root().resolve("samples/quickstart");

    @Test
    void areInForceWhenApplyReturnsAndAcceptTheQuickstart(@TempDir Path dir) throws Exception {
        try (KubeControlPlane kube = KubeControlPlane.start(dir)) {
            KubernetesClient admin = kube.client();
            new PortcullisManifests(admin).withoutMutatingPolicy().apply();
            for (String file :
                    new String[] {"10-namespaces.yaml", "20-teams.yaml", "30-platform.yaml", "40-rights.yaml"}) {
                apply(admin, file);
            }
            // nobody stamps the requester below Kubernetes 1.36: then it must be there
            assertThatThrownBy(() -> apply(admin, "60-agreement-auto-approved.yaml"))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("requested-by");

            new PortcullisManifests(admin).apply();
            apply(kube.as("olga@example.com"), "50-offer.yaml");
            apply(kube.as("taylor@example.com"), "60-agreement-auto-approved.yaml");
            apply(kube.as("robin@example.com"), "61-agreement-same-team.yaml");
            apply(kube.as("taylor@example.com"), "62-agreement-manual.yaml");
            GenericKubernetesResource agreement = admin.genericKubernetesResources(
                            "portcullis.dev/v1alpha1", "DataUsageAgreement")
                    .inNamespace("marketing")
                    .withName("churn-orders")
                    .get();
            assertThat(agreement.getMetadata().getAnnotations())
                    .containsEntry("portcullis.dev/requested-by", "taylor@example.com");
            assertThat(agreement.getMetadata().getFinalizers()).containsExactly("portcullis.dev/revoke");
            assertThat(new PortcullisManifests(admin).operatorKubeconfig(kube)).isRegularFile();
        }
    }

    private static void apply(KubernetesClient client, String file) throws Exception {
        for (GenericKubernetesResource resource : PortcullisManifests.parse(Files.readString(SAMPLES.resolve(file)))) {
            client.resource(resource).serverSideApply();
        }
    }
}
