package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.local.Await;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness itself, before anything is trusted that was tested on it. */
class LocalInstallationTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theApiServerComesBackWithItsDataAndNamespacesGoAway(@TempDir Path dir) {
        try (KubeControlPlane kube = KubeControlPlane.start(dir)) {
            KubernetesClient client = kube.client();
            PortcullisManifests manifests = new PortcullisManifests(client);
            manifests.ensureNamespace("marketing");
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("marketing")
                            .withName("kept")
                            .endMetadata()
                            .build())
                    .create();

            kube.stopApiServer();
            assertThat(kube.isReady()).isFalse();
            kube.startApiServer();
            assertThat(client.configMaps()
                            .inNamespace("marketing")
                            .withName("kept")
                            .get())
                    .isNotNull();

            kube.killApiServer();
            kube.startApiServer();
            assertThat(client.configMaps()
                            .inNamespace("marketing")
                            .withName("kept")
                            .get())
                    .isNotNull();

            assertThatThrownBy(() -> kube.as("taylor@example.com")
                            .configMaps()
                            .inNamespace("marketing")
                            .list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("taylor@example.com");

            kube.startControllerManager();
            client.namespaces().withName("marketing").delete();
            Await.until(
                    SOON,
                    "namespace gone",
                    () -> client.namespaces().withName("marketing").get() == null);
        }
    }

    @Test
    void postgresqlComesBackWithItsDataAndAsksForPasswords(@TempDir Path dir) throws Exception {
        try (LocalPostgres server = LocalPostgres.start(dir)) {
            ShopDatabase shop = ShopDatabase.create(server);
            assertThat(shop.look("SELECT count(*) FROM sales.orders").get(0)).containsExactly("100");
            assertThat(shop.query("taylor", "SELECT 1").value()).isEqualTo("1");
            assertThat(shop.query("taylor", "SELECT * FROM sales.orders").error())
                    .contains("permission denied");
            assertThatThrownBy(() -> server.connect("shop", "taylor", "wrong"))
                    .hasMessageContaining("password authentication failed");

            server.stop();
            assertThat(server.answers()).isFalse();
            server.start();
            server.kill();
            server.start();
            assertThat(shop.look("SELECT count(*) FROM sales.orders").get(0)).containsExactly("100");
        }
    }

    @Test
    void theOperatorsLoginHasWhatTheRecipeGivesAndNoMore(@TempDir Path dir) throws Exception {
        try (LocalPostgres server = LocalPostgres.start(dir)) {
            ShopDatabase shop = ShopDatabase.create(server);
            try (var connection = server.connect("shop", ShopDatabase.OPERATOR_LOGIN, shop.operatorPassword());
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("SELECT * FROM sales.orders"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> statement.execute("CREATE ROLE r")).hasMessageContaining("permission denied");
                statement.execute("SET ROLE portcullis");
                statement.execute("CREATE ROLE r NOLOGIN");
                statement.execute("GRANT SELECT ON sales.orders TO r");
                statement.execute("GRANT r TO taylor WITH INHERIT TRUE, SET FALSE");
                assertThatThrownBy(() -> statement.execute("SELECT * FROM finance.invoices"))
                        .hasMessageContaining("permission denied");
            }
        }
    }
}
