package dev.portcullis.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that look at a cluster and find none. */
class ClustersTest {
    private static final String KUBECONFIG = "kubeconfig";

    @TempDir
    private Path folder;

    @BeforeEach
    void nameAKubeconfig() throws IOException {
        System.setProperty(KUBECONFIG, folder.resolve("config").toString());
        Files.createDirectories(folder.resolve("manifests"));
    }

    @AfterEach
    void forget() {
        System.clearProperty(KUBECONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"review marketing/churn", "export --cluster", "plan --cluster FOLDER"})
    void withoutAKubeconfigItIsSaidWhichIsMissing(String command) {
        Ran ran = run(command);

        assertThat(ran.err().lines())
                .containsExactly("portcullis: there is no kubeconfig " + folder.resolve("config")
                        + ": set KUBECONFIG to the file by which kubectl finds the cluster");
        assertThat(ran.code()).isEqualTo(1);
    }

    /** The client would take the current one instead, which may be another cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"review marketing/churn", "export --cluster", "plan --cluster FOLDER"})
    void aContextThatIsNotThereIsNoOther(String command) throws IOException {
        write("current-context: production");

        Ran ran = run(command + " --context producton");

        assertThat(ran.err().lines())
                .containsExactly(
                        "portcullis: the kubeconfig has no context producton: did you mean production? It has production, staging");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void aKubeconfigWithoutACurrentContextIsToldFromACluster() throws IOException {
        write("");

        assertThat(run("review marketing/churn").err().lines())
                .containsExactly(
                        "portcullis: the kubeconfig has no current context: name one by --context; it has production, staging");
    }

    @Test
    void aKubeconfigThatIsNoneIsSaid() throws IOException {
        Files.writeString(folder.resolve("config"), "clusters: {");

        Ran ran = run("review marketing/churn");

        assertThat(ran.err().lines()).hasSize(1).first().asString().contains("cannot be read", "config");
        assertThat(ran.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"review marketing/churn", "export --cluster", "plan --cluster FOLDER"})
    void aClusterThatCannotBeReachedIsNamed(String command) throws IOException {
        write("current-context: production");

        Ran ran = run(command);

        assertThat(ran.err())
                .startsWith("portcullis: the cluster at https://127.0.0.1:1/ cannot be reached: ")
                .doesNotContain("An error has occurred");
        assertThat(ran.code()).isEqualTo(1);
    }

    private Ran run(String command) {
        return Ran.portcullis(
                command.replace("FOLDER", folder.resolve("manifests").toString())
                        .split(" "));
    }

    private void write(String current) throws IOException {
        Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: here, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: me, user: {token: none}}]
                contexts:
                - {name: production, context: {cluster: here, user: me}}
                - {name: staging, context: {cluster: here, user: me}}
                """ + current + "\n");
    }
}
