package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions that a change writes on agreements. */
class WrittenDecisionsTest {
    private static final String AGREEMENT = "62-agreement-manual.yaml";
    private static final String NAMED = "metadata: {name: churn-orders, namespace: marketing";

    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
    }

    private void decide(String annotations) throws IOException {
        folders.edit(AGREEMENT, NAMED, NAMED + ", annotations: {" + annotations + "}");
    }

    /** Who adds the approval is not who asked: that was written before. */
    @Test
    void anApprovalIsWhoAppliesTheChange() throws IOException {
        decide("portcullis.dev/decision: approved");

        Ran ran = folders.plan("--as", "olga@example.com");

        assertThat(ran.out())
                .contains("~ marketing/churn-orders approved by manual (olga@example.com) (was Requested)")
                .contains("annotation on marketing/churn-orders approved by olga@example.com: Taken")
                .contains("+ taylor checkout/orders-v1 (marketing/churn-orders)");
    }

    @Test
    void oneByWhomTheAccessIsForIsRefused() throws IOException {
        decide("portcullis.dev/decision: approved");
        bindApprover("taylor@example.com");

        assertThat(folders.plan("--as", "taylor@example.com").out())
                .contains("annotation on marketing/churn-orders approved by taylor@example.com: Refused, ")
                .contains("taylor@example.com requested this agreement or gets the access")
                .doesNotContain("+ taylor checkout/orders-v1");
    }

    @Test
    void oneByWhomNobodyGaveTheVerbIsRefused() throws IOException {
        decide("portcullis.dev/decision: approved");

        Ran ran = folders.plan("--as", "mallory@example.com");

        assertThat(ran.out())
                .contains("annotation on marketing/churn-orders approved by mallory@example.com: Refused, ")
                .contains("the verb approve or decide on OutputPort orders-v1 in namespace checkout")
                .doesNotContain("+ taylor checkout/orders-v1");
    }

    @Test
    void oneInTheNameOfAnotherNeedsTheVerbDecide() throws IOException {
        decide("portcullis.dev/decision: approved, portcullis.dev/decided-by: robin@example.com");

        assertThat(folders.plan("--as", "olga@example.com").out())
                .contains("approved by robin@example.com: Refused, ")
                .contains("the verb decide on OutputPort orders-v1 in namespace checkout");
    }

    @Test
    void oneThatComesWithTheRequestNeedsTheVerbDecide() throws IOException {
        folders.write("70-agreement.yaml", """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: new, namespace: marketing, annotations: {portcullis.dev/decision: approved}}
                spec:
                  purpose: Train another monthly model.
                  provider: {namespace: checkout, outputPort: orders-v1}
                  consumer: {user: quinn@example.com}
                """);

        assertThat(folders.plan("--as", "olga@example.com").out())
                .contains("annotation on marketing/new approved by olga@example.com: Refused, ")
                .contains("+ marketing/new waits by rule manual");
    }

    @Test
    void oneWithoutAnAuthorIsRefused() throws IOException {
        decide("portcullis.dev/decision: approved");

        assertThat(folders.plan().out())
                .contains("annotation on marketing/churn-orders approved: Refused, it does not say who decided, ")
                .contains("name them with --as USER");
    }

    /** What was there has been decided by somebody, whoever applies the change. */
    @Test
    void oneThatWasThereStands() throws IOException {
        decide("portcullis.dev/decision: approved");
        PlannedFolders.edit(
                folders.before, AGREEMENT, NAMED, NAMED + ", annotations: {portcullis.dev/decision: approved}");

        assertThat(folders.plan("--as", "taylor@example.com").out()).startsWith("Plan: nothing changes");

        folders.edit("50-offer.yaml", "tables: [{name: orders}]", "tables: [{name: others}]");

        assertThat(folders.plan("--as", "taylor@example.com").out())
                .contains("- taylor checkout/orders-v1 (marketing/churn-orders)");
    }

    private void bindApprover(String user) throws IOException {
        folders.edit(
                "40-rights.yaml",
                "name: portcullis-approver}\nsubjects:\n",
                "name: portcullis-approver}\nsubjects:\n- {apiGroup: rbac.authorization.k8s.io, kind: User, name: "
                        + user + "}\n");
    }
}
