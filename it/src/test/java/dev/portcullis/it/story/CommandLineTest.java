package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.cli.Main;
import dev.portcullis.cli.console.Console;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look at a live cluster, with the rights of a kubeconfig. */
class CommandLineTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aRequestIsReviewedAndAChangeOfItPlanned() throws IOException {
        story.offer("orders", "[{name: orders}]", "");
        story.request("churn", "orders", story.taylor, "");
        story.awaitPhase("churn", Phase.Requested);

        assertThat(portcullis(installation.kube().kubeconfig(), "review", story.marketing + "/churn"))
                .contains("Agreement " + story.marketing + "/churn, Requested")
                .contains("Find out what customers want next.")
                .contains("needs 1 approval of whoever holds the verb approve on OutputPort orders");

        Files.writeString(folder.resolve("vote.yaml"), story.filled("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Decision
                metadata: {name: olga-on-churn, namespace: $checkout}
                spec:
                  outputPort: orders
                  agreement: {namespace: $marketing, name: churn}
                  decision: approved
                """));
        assertThat(portcullis(
                        installation.kube().kubeconfig(),
                        "plan",
                        folder.toString(),
                        "--cluster",
                        "--as",
                        story.olga,
                        "--sql"))
                .contains("~ " + story.marketing + "/churn approved by manual (" + story.olga + ") (was Requested)")
                .contains(story.checkout + "/olga-on-churn approved by " + story.olga)
                .contains("+ " + Story.login(story.taylor) + " " + story.checkout + "/orders")
                // what the operator would call it: by the cluster's own UID
                .contains("port=" + story.portUid("orders") + " name=" + story.checkout + "/orders");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatTheCallerMayNotReadIsSaidWithWhatFollows() {
        installation
                .admin()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("nobody")
                        .withNamespace(story.checkout)
                        .endMetadata()
                        .build())
                .create();

        portcullis(installation.kube().kubeconfigFor(story.checkout, "nobody"), "plan", folder.toString(), "--cluster");

        assertThat(err.toString())
                .contains("you may not list outputports: without ports every request looks invalid")
                .contains("you may not list approvalpolicies");
    }

    private String portcullis(Path kubeconfig, String... args) {
        String before = System.getProperty("kubeconfig");
        System.setProperty("kubeconfig", kubeconfig.toString());
        try {
            StringWriter out = new StringWriter();
            Main.run(new Console(new PrintWriter(out), new PrintWriter(err), false, Clock.systemUTC()), args);
            return out.toString();
        } finally {
            if (before == null) {
                System.clearProperty("kubeconfig");
            } else {
                System.setProperty("kubeconfig", before);
            }
        }
    }
}
