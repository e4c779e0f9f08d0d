package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is waited for. */
class GiversTest {
    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
    }

    private void addRequestThatPoliciesAskFor() throws IOException {
        PlannedFolders.copy("votes", folders.after);
        Files.delete(folders.after.resolve("40-decision-olga.yaml"));
        Files.delete(folders.after.resolve("50-decision-pat.yaml"));
    }

    /** Robin is a member of the team, and nothing lets robin decide. */
    @Test
    void membersWhoMayNotDecideAreNotNamed() throws IOException {
        addRequestThatPoliciesAskFor();

        assertThat(folders.plan().out())
                .contains("needs 1 approval of members of team checkout: olga@example.com\n")
                .contains("needs 1 approval of members of team privacy: pat@example.com, pia@example.com\n")
                .doesNotContain("NobodyApproves");
    }

    @Test
    void whoMayBeInAGroupIsNamed() throws IOException {
        addRequestThatPoliciesAskFor();
        folders.edit(
                "40-rights.yaml",
                "name: portcullis-approver}\nsubjects:\n",
                "name: portcullis-approver}\nsubjects:\n- {apiGroup: rbac.authorization.k8s.io, kind: Group, name: checkout}\n");

        assertThat(folders.plan().out())
                .contains("needs 1 approval of members of team checkout: olga@example.com, robin@example.com\n");
    }

    /** Every cluster has a binding for this group: a plan with --cluster would leave nobody out. */
    @Test
    void nobodyIsTakenForAnAdministratorOfTheCluster() throws IOException {
        addRequestThatPoliciesAskFor();
        for (Path side : new Path[] {folders.before, folders.after}) {
            Files.writeString(side.resolve("00-cluster.yaml"), """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRoleBinding
                    metadata: {name: cluster-admin}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                    subjects:
                    - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}
                    """);
        }

        assertThat(folders.plan().out()).contains("needs 1 approval of members of team checkout: olga@example.com\n");
    }

    @Test
    void whereRightsAreWrittenElsewhereAllMembersAreNamed() throws IOException {
        addRequestThatPoliciesAskFor();
        for (Path side : new Path[] {folders.before, folders.after}) {
            Files.delete(side.resolve("40-rights.yaml"));
        }
        String policy = Files.readString(folders.after.resolve("10-policy.yaml"));
        folders.write("10-policy.yaml", policy.replace("name: portcullis-second-approver", "name: elsewhere"));

        Ran ran = folders.plan();

        assertThat(ran.out())
                .contains("needs 1 approval of members of team checkout: olga@example.com, robin@example.com\n")
                .doesNotContain("NobodyApproves");
    }

    @Test
    void whereNoMemberMayDecideThatIsSaid() throws IOException {
        addRequestThatPoliciesAskFor();
        folders.edit("10-policy.yaml", "name: portcullis-second-approver", "name: portcullis-viewer");

        Ran ran = folders.plan("--fail-on", "warning");

        assertThat(ran.out())
                .contains(
                        "needs 1 approval of members of team privacy, but nobody can give it: pat@example.com, pia@example.com may not decide on OutputPort customers-v1 in namespace checkout")
                .contains("NobodyApproves DataUsageAgreement marketing/newsletter: nobody can approve this: ")
                .contains("portcullis-second-approver to them in namespace checkout");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void whereFourEyesLeaveNobodyThatIsSaid() throws IOException {
        addRequestThatPoliciesAskFor();
        folders.edit("10-policy.yaml", "  - user: pia@example.com\n", "");

        assertThat(folders.plan("--as", "pat@example.com").out())
                .contains(
                        "needs 1 approval of members of team privacy, but nobody can give it: of its other members each has asked")
                .contains("list more of them in the Team");
    }

    @Test
    void whereNobodyHoldsTheVerbThatIsSaid() throws IOException {
        Files.delete(folders.before.resolve("62-agreement-manual.yaml"));
        folders.edit("40-rights.yaml", "name: portcullis-approver", "name: portcullis-second-approver");

        assertThat(folders.plan().out())
                .contains(
                        "needs 1 approval of whoever holds the verb approve on OutputPort orders-v1 in namespace checkout, but nobody can give it: ")
                .contains("bind portcullis-approver in namespace checkout to somebody");
    }

    /** The request itself stays as it was. */
    @Test
    void aRequestThatWaitsAlreadyAndThatNobodyCanApproveFromNowOnIsSaid() throws IOException {
        folders.edit("40-rights.yaml", "name: portcullis-approver", "name: portcullis-second-approver");

        assertThat(folders.plan().out())
                .contains("NobodyApproves DataUsageAgreement marketing/churn-orders: nobody can approve this: ");
    }
}
