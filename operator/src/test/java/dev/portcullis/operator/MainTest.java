package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as Kubernetes starts it. */
@Timeout(120)
class MainTest {
    @TempDir
    Path dir;

    @Test
    void aStartThatFailsSaysSoInTheExitCodeAndGivesTheLeaseBack() throws Exception {
        try (ApiServer api = ApiServer.overTls()) {
            api.create(Samples.provisioned("a", "taylor", "taylor"));
            Path log = dir.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.portcullis.operator.Main")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "KUBECONFIG", kubeconfig(api).toString(),
                            "PORTCULLIS_HEALTH_PORT", "0",
                            "PORTCULLIS_METRICS_PORT", "0",
                            "PORTCULLIS_LEADER_ELECTION", "true",
                            "PORTCULLIS_WATCH_NAMESPACES", "finance",
                            "NO_PROXY", "127.0.0.1,localhost"));
            Process program = builder.start();
            try {
                assertThat(program.waitFor(100, TimeUnit.SECONDS)).isTrue();
            } finally {
                program.destroyForcibly();
            }

            assertThat(Files.readString(log))
                    .contains("the operator cannot start: PORTCULLIS_WATCH_NAMESPACES leaves out")
                    .contains("stopped")
                    .doesNotContain("\tat ");
            assertThat(program.exitValue()).isOne();
            assertThat(api.client()
                            .leases()
                            .inNamespace("portcullis-system")
                            .withName("portcullis")
                            .get()
                            .getSpec()
                            .getHolderIdentity())
                    .as("so that the next need not wait until it runs out")
                    .isNull();
        }
    }

    private Path kubeconfig(ApiServer api) throws Exception {
        return Files.writeString(
                dir.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: mock, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                contexts: [{name: mock, context: {cluster: mock, user: operator}}]
                current-context: mock
                users: [{name: operator, user: {token: abc}}]
                """.formatted(api.client().getMasterUrl()));
    }
}
