package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerAccessTest {
    @TempDir
    private Path dir;

    @Test
    void aKubeconfigThatIsNotThereIsNamedAtOnce() throws IOException {
        Path there = Files.createFile(dir.resolve("there"));
        Path gone = dir.resolve("gone");

        assertThatThrownBy(() -> ApiServerAccess.checkKubeconfig(Map.of("KUBECONFIG", gone.toString())))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("KUBECONFIG is " + gone);
        assertThatThrownBy(() -> ApiServerAccess.checkKubeconfig(Map.of("KUBECONFIG", dir.toString())))
                .isInstanceOf(CannotStart.class);
        // of several, kubectl passes over those that are not there, too
        for (String named : new String[] {there.toString(), gone + File.pathSeparator + there, ""}) {
            assertThatCode(() -> ApiServerAccess.checkKubeconfig(Map.of("KUBECONFIG", named)))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> ApiServerAccess.checkKubeconfig(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void aPodWaitsForAServerThatIsAway() {
        AtomicInteger asked = new AtomicInteger();
        Runnable back = () -> {
            switch (asked.incrementAndGet()) {
                case 1, 2 -> throw new KubernetesClientException("refused", new ConnectException());
                case 3 -> throw new KubernetesClientException("not ready", 503, null);
                default -> {}
            }
        };
        AtomicInteger pauses = new AtomicInteger();

        assertThat(inPod(Map.of()).reach(back, () -> pauses.incrementAndGet() > 0))
                .isTrue();
        assertThat(pauses).hasValue(3);

        asked.set(0);
        assertThat(inPod(Map.of()).reach(back, () -> false)).as("until its end").isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatSomebodyNamesMayBeWrongAndWhomAServerRefusesItAnswers() {
        Runnable away = () -> {
            throw new KubernetesClientException("refused", new ConnectException());
        };
        Runnable refusing = () -> {
            throw new KubernetesClientException("no", 403, null);
        };

        assertThatThrownBy(() ->
                        inPod(Map.of("KUBECONFIG", "/etc/operator.kubeconfig")).reach(away, () -> true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> inPod(Map.of()).reach(refusing, () -> true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("refuses");
    }

    private static ApiServerAccess inPod(Map<String, String> besides) {
        Map<String, String> environment = new HashMap<>(besides);
        environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        return ApiServerAccess.of(config("https://10.0.0.1"), environment);
    }

    @Test
    void aServerThatIsNotReachedIsNamedWithTheCauseAndWhatToCheck() throws IOException {
        Config config = config("https://127.0.0.1:" + closedPort());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            ApiServerAccess access = ApiServerAccess.of(config, Map.of("KUBECONFIG", "/etc/operator.kubeconfig"));
            assertThatThrownBy(() -> access.first(() -> InstallationId.read(client, "mesh")))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(config.getMasterUrl())
                    .hasMessageContaining("KUBECONFIG=/etc/operator.kubeconfig")
                    .hasMessageContaining("ConnectException")
                    .hasMessageContaining("check that")
                    .hasMessageNotContaining("null")
                    .hasCauseInstanceOf(KubernetesClientException.class);
        }
    }

    @Test
    void aServerThatDoesNotLetItInIsNamedWithWhatItSays() {
        ApiServerAccess access = ApiServerAccess.of(config("https://api.example:6443"), Map.of());
        assertThatThrownBy(() -> access.first(() -> {
                    throw new KubernetesClientException("Unauthorized", 401, new StatusBuilder().build());
                }))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("https://api.example:6443")
                .hasMessageContaining("KUBECONFIG is not set")
                .hasMessageContaining("Unauthorized");
    }

    @Test
    void aServerIsNotSpokenToWithoutTls() {
        Map<String, String> environment = Map.of("KUBECONFIG", "/etc/proxy");
        ApiServerAccess proxy = ApiServerAccess.of(config("http://127.0.0.1:8001"), environment);

        assertThatThrownBy(proxy::requireTls)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("http://127.0.0.1:8001")
                .hasMessageContaining("KUBECONFIG=/etc/proxy")
                .hasMessageContaining("begins with https:");
        assertThatCode(ApiServerAccess.of(config("https://127.0.0.1:6443"), environment)::requireTls)
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNoMatterOfAccessStaysAsItIs() {
        ApiServerAccess access = ApiServerAccess.of(config("https://api.example:6443"), Map.of());
        assertThatThrownBy(() -> access.first(() -> {
                    throw new IllegalStateException("another id");
                }))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThat(access.<String>first(() -> "id")).isEqualTo("id");
    }

    private static Config config(String url) {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(url)
                .withTrustCerts(true)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
