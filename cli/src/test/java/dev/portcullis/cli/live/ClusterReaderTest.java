package dev.portcullis.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
@SuppressWarnings("NullAway.Init")
class ClusterReaderTest {
    private static final int MANY = 10_000;

    private KubernetesClient client;
    private KubernetesMockServer server;

    private void has(String path, String version, String items) {
        server.expect()
                .get()
                .withPath(path)
                .andReturn(200, "{\"apiVersion\":\"" + version + "\",\"kind\":\"List\",\"items\":[" + items + "]}")
                .always();
    }

    /** One document of YAML may not hold as much as a cluster does. */
    @Test
    void aClusterMayHaveAnyNumberOfAgreements() {
        List.of("teams", "dataplatforms", "dataproducts", "outputports", "approvalpolicies", "decisions")
                .forEach(plural -> has("/apis/portcullis.dev/v1alpha1/" + plural, "portcullis.dev/v1alpha1", ""));
        List.of("roles", "clusterroles", "rolebindings", "clusterrolebindings")
                .forEach(plural ->
                        has("/apis/rbac.authorization.k8s.io/v1/" + plural, "rbac.authorization.k8s.io/v1", ""));
        has("/api/v1/namespaces", "v1", "");
        has(
                "/api/v1/configmaps?fieldSelector=metadata.name%3Dportcullis-installation",
                "v1",
                "{\"metadata\":{\"name\":\"portcullis-installation\",\"namespace\":\"elsewhere\"},\"data\":{\"id\":\"id-of-elsewhere\"}}");
        has(
                "/apis/portcullis.dev/v1alpha1/datausageagreements",
                "portcullis.dev/v1alpha1",
                IntStream.range(0, MANY).mapToObj(ClusterReaderTest::agreement).collect(Collectors.joining(",")));

        LiveMesh live = new ClusterReader(client)
                .read(new ManifestsReader(
                        new PolicyManifestCheck(EngineParts.ofTheOperator().expressions())));

        assertThat(live.installation()).contains("id-of-elsewhere");
        assertThat(live.mesh().agreements()).hasSize(MANY);
        assertThat(live.manifests().faults()).isEmpty();
        assertThat(live.manifests().all(ManifestKind.AGREEMENT)).hasSize(MANY);
    }

    @Test
    void aClusterWithoutPortcullisIsToldFromOneWithoutObjects() {
        assertThatThrownBy(() -> new ClusterReader(client)
                        .read(new ManifestsReader(new PolicyManifestCheck(
                                EngineParts.ofTheOperator().expressions()))))
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("Portcullis is not installed there");
    }

    private static String agreement(int number) {
        return "{\"metadata\":{\"name\":\"a-" + number + "\",\"namespace\":\"marketing\",\"uid\":\"u-" + number
                + "\"},\"spec\":{\"purpose\":\"" + "Train the monthly churn model. ".repeat(10) + "\","
                + "\"provider\":{\"namespace\":\"checkout\",\"outputPort\":\"orders-v1\"},"
                + "\"consumer\":{\"user\":\"taylor@example.com\"}}}";
    }
}
