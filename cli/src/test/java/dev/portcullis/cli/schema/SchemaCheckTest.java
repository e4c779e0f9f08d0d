package dev.portcullis.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where it is said what the API server would refuse. */
class SchemaCheckTest {
    private static final String AGREEMENT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: churn-orders, namespace: marketing}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: orders-v1}
              consumer:
                user: taylor@example.com
              tags:
              - ml
              - churn
            """;
    private static final String DECISION = """
            apiVersion: portcullis.dev/v1alpha1
            kind: Decision
            metadata: {name: churn-orders-yes, namespace: checkout}
            spec:
              outputPort: orders-v1
              agreement: {namespace: marketing, name: churn-orders}
              decision: approved
            """;

    private final SchemaCheck check = new SchemaCheck();

    @Test
    void namesFileAndLine() {
        assertThat(check.check(
                        Manifests.NONE,
                        read(AGREEMENT.replace("- churn", "- ml").replace("Train the", "Train"))))
                .containsExactly(new Fault("a.yaml", 11, "spec.tags[1]: Duplicate value: \"ml\""));
        assertThat(check.check(read(AGREEMENT), read("---\n" + AGREEMENT.replace("taylor", "olga"))))
                .containsExactly(
                        new Fault(
                                "a.yaml",
                                5,
                                "spec: Invalid value: spec.consumer is what was asked for and cannot be changed: request another agreement"));
    }

    @Test
    void whatIsDeletedIsNotRefused() {
        assertThat(check.check(read(AGREEMENT), Manifests.NONE)).isEmpty();
    }

    @Test
    void whatTheApiServerNotedOnADecisionStaysWhereTheManifestDoesNotSayIt() {
        Manifests stored =
                read(DECISION + "  by: olga@example.com\n  recordedBy: olga@example.com\n  authority: Approve\n");
        assertThat(check.check(stored, read(DECISION))).isEmpty();
        assertThat(check.check(stored, read(DECISION + "  by: taylor@example.com\n")))
                .extracting(Fault::message)
                .containsExactly("spec: Invalid value: a Decision is evidence and never changes: write another one");
    }

    private static Manifests read(String text) {
        Manifests manifests = new ManifestsReader(
                        new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()))
                .read(() -> List.of(new SourceFile("a.yaml", text)));
        assertThat(manifests.faults()).isEmpty();
        return manifests;
    }
}
