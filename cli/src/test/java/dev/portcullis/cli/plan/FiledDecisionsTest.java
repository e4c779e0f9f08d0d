package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions that a change files and that decide nothing. */
class FiledDecisionsTest {
    private static final String DECISION = """
            apiVersion: portcullis.dev/v1alpha1
            kind: Decision
            metadata: {name: yes, namespace: checkout}
            spec:
              outputPort: orders-v1
              agreement: {namespace: marketing, name: churn-orders}
              decision: approved
            """;

    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
    }

    private Ran plan(String decision, String by) throws IOException {
        folders.write("70-decision.yaml", decision);
        return folders.plan("--as", by, "--fail-on", "refused");
    }

    @Test
    void oneThatCountsFailsNothing() throws IOException {
        Ran ran = plan(DECISION, "olga@example.com");

        assertThat(ran.out()).contains("checkout/yes approved by olga@example.com on marketing/churn-orders: Taken");
        assertThat(ran.code()).isZero();
    }

    @Test
    void oneOfNobodyTellsHowToSayWhoAppliesIt() throws IOException {
        folders.write("70-decision.yaml", DECISION);

        assertThat(folders.plan().out()).contains("Refused, it does not say who decided, ", "name them with --as USER");
    }

    @Test
    void oneWhoseAuthorHasNoVerbFails() throws IOException {
        Ran ran = plan(DECISION, "robin@example.com");

        assertThat(ran.out()).contains("on marketing/churn-orders: Refused, ");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(folders.plan("--as", "robin@example.com", "--fail-on", "refused", "-o", "junit")
                        .out())
                .contains("failures=\"1\"");
        assertThat(folders.plan("--as", "robin@example.com").code()).isZero();
    }

    /** Olga may approve, and so decide in her own name alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by: robin@example.com | to record what robin@example.com decided needs the verb decide on OutputPort orders-v1 in namespace checkout",
                "by: robin@example.com, authority: Decide | to record what robin@example.com decided needs the verb decide",
                "authority: Decide | spec.authority Decide needs the verb decide on OutputPort orders-v1 in namespace checkout",
                "recordedBy: robin@example.com | spec.recordedBy has to be olga@example.com",
            })
    void oneThatTheApiServerDoesNotLetInIsRefused(String fields, String why) throws IOException {
        Ran ran = plan(DECISION + "  " + fields.replace(", ", "\n  ") + "\n", "olga@example.com");

        assertThat(ran.out())
                .contains("on marketing/churn-orders: Refused, ")
                .contains(why)
                .doesNotContain("+ taylor checkout/orders-v1");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void oneThatSaysItselfWhichAgreementItIsBoundToIsRefused() throws IOException {
        Ran ran = plan(
                DECISION.replace(
                        "namespace: checkout}",
                        "namespace: checkout, annotations: {portcullis.dev/agreement-uid: 2f6b}}"),
                "olga@example.com");

        assertThat(ran.out())
                .contains("Refused, ", "portcullis.dev/agreement-uid")
                .doesNotContain("+ taylor checkout");
        assertThat(ran.code()).isEqualTo(3);
    }

    /** A second approver may not end anything. */
    @Test
    void theVerbReviewDoesNotRevoke() throws IOException {
        folders.edit("40-rights.yaml", "name: portcullis-approver}", "name: portcullis-second-approver}");

        Ran ran = plan(DECISION.replace("approved", "revoked"), "olga@example.com");

        assertThat(ran.out()).contains("Refused, the verb review approves, rejects and recertifies");
    }

    @Test
    void whoHoldsTheVerbDecideRecordsWhatAnotherDecided() throws IOException {
        folders.edit("40-rights.yaml", "name: portcullis-approver}", "name: portcullis-decider}");

        Ran ran = plan(DECISION + "  by: robin@example.com\n", "olga@example.com");

        assertThat(ran.out()).contains("checkout/yes approved by robin@example.com on marketing/churn-orders: Taken");
        assertThat(ran.code()).isZero();
    }

    /** Of a team that offers and asks: one account applies what it asks for, and another what it decides. */
    @Test
    void anotherMayFileDecisionsThanAppliesTheRest() throws IOException {
        folders.write("70-decision.yaml", DECISION);

        Ran ran = folders.plan("--as-in", "checkout=robin@example.com", "--decides-in", "checkout=olga@example.com");

        assertThat(ran.out()).contains("checkout/yes approved by olga@example.com on marketing/churn-orders: Taken");
    }

    /** As the administrator who reads a backup back does. */
    @Test
    void whoHoldsEverythingEverywhereBringsBackWhatAnotherWrote() throws IOException {
        folders.write("41-admin.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: admin}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ada@example.com}
                """);

        Ran ran = plan(
                DECISION + "  by: olga@example.com\n  recordedBy: olga@example.com\n  authority: Approve\n",
                "ada@example.com");

        assertThat(ran.out()).contains("checkout/yes approved by olga@example.com on marketing/churn-orders: Taken");
    }

    @Test
    void oneAboutAnAgreementThatIsNotThereFails() throws IOException {
        Ran ran = plan(DECISION.replace("churn-orders", "churn-order"), "olga@example.com");

        assertThat(ran.out()).contains("there is no DataUsageAgreement churn-order in namespace marketing");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void oneAboutAPortThatIsNotThereFails() throws IOException {
        Ran ran = plan(
                DECISION.replace("churn-orders", "churn-order").replace("orders-v1", "order-v1"), "olga@example.com");

        assertThat(ran.out()).contains("there is no OutputPort order-v1 in namespace checkout");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void oneOnAnotherRequestFails() throws IOException {
        Ran ran = plan(DECISION + "  request: " + "sha256:" + "0".repeat(64) + "\n", "olga@example.com");

        assertThat(ran.out()).contains("is not what was looked at");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void aWordThatIsNoneIsAnsweredWithThoseThereAre() {
        Ran ran = folders.plan("--fail-on", "refusal");

        assertThat(ran.code()).isEqualTo(64);
        assertThat(ran.err()).contains("waiting", "revoke", "reject", "refused", "warning");
    }
}
