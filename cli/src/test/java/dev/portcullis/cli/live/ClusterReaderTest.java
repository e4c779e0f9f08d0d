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
    private static final String OURS = "/apis/portcullis.dev/v1alpha1/";
    private static final String RIGHTS = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String PORT =
            "{\"metadata\":{\"name\":\"orders-v1\",\"namespace\":\"checkout\"},\"spec\":{\"dataProduct\":\"orders\",\"platform\":\"warehouse\","
                    + "\"postgresql\":{\"database\":\"shop\",\"schema\":\"sales\",\"tables\":[{\"name\":\"orders\"}]}}}";

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

    /** As a provider's approver, who has rights at home and may look at the one request. */
    @Test
    void whatMayNotBeListedEverywhereIsReadAroundTheAgreement() {
        has(OURS + "namespaces/checkout/outputports", "portcullis.dev/v1alpha1", PORT);
        has(OURS + "namespaces/checkout/datausageagreements", "portcullis.dev/v1alpha1", "");
        server.expect()
                .get()
                .withPath(OURS + "namespaces/marketing/datausageagreements/a-1")
                .andReturn(200, agreement(1).replaceFirst("\\{", "{\"apiVersion\":\"portcullis.dev/v1alpha1\","))
                .always();
        forbidAllElse();

        LiveMesh live = ClusterReader.around(client, "marketing", "a-1", reader());

        assertThat(live.mesh().agreements()).containsOnlyKeys("marketing/a-1");
        assertThat(live.mesh().ports()).containsOnlyKeys("checkout/orders-v1");
        assertThat(live.unread())
                .contains("you may not list outputports in all namespaces: of others than checkout none is known here")
                .contains("you may not list approvalpolicies: what policies say is not shown")
                .hasSize(8);
    }

    @Test
    void anAgreementThatMayNotBeReadIsToldFromOneThatIsNotThere() {
        server.expect()
                .get()
                .withPath(OURS + "namespaces/marketing/datausageagreements/secret")
                .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}")
                .always();

        assertThatThrownBy(() -> ClusterReader.around(client, "marketing", "secret", reader()))
                .isInstanceOf(CannotBeDone.class)
                .hasMessage(
                        "you may not read agreement marketing/secret: ask for the role portcullis-viewer in namespace marketing");
        assertThatThrownBy(() -> ClusterReader.around(client, "marketing", "none", reader()))
                .isInstanceOf(CannotBeDone.class)
                .hasMessageStartingWith("there is no agreement none in namespace marketing");
    }

    private void forbidAllElse() {
        List.of(
                        "teams",
                        "dataplatforms",
                        "dataproducts",
                        "outputports",
                        "approvalpolicies",
                        "decisions",
                        "datausageagreements")
                .forEach(plural -> forbid(OURS, plural));
        forbid("/api/v1/", "namespaces");
    }

    private void forbid(String group, String plural) {
        for (String place : List.of("", "namespaces/marketing/", "namespaces/checkout/")) {
            server.expect()
                    .get()
                    .withPath(group + place + plural)
                    .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}")
                    .always();
        }
    }

    private static ManifestsReader reader() {
        return new ManifestsReader(
                new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()));
    }

    private static String agreement(int number) {
        return "{\"metadata\":{\"name\":\"a-" + number + "\",\"namespace\":\"marketing\",\"uid\":\"u-" + number
                + "\"},\"spec\":{\"purpose\":\"" + "Train the monthly churn model. ".repeat(10) + "\","
                + "\"provider\":{\"namespace\":\"checkout\",\"outputPort\":\"orders-v1\"},"
                + "\"consumer\":{\"user\":\"taylor@example.com\"}}}";
    }
}
