package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of what is around agreements: who may decide, where a platform is, what is not there any more. */
class SurroundingsTest {
    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
    }

    @Test
    void whoMayDecideFromNowOnIsSaid() throws IOException {
        folders.write("70-rights.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: more, namespace: checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-approver}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: robin@example.com}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: olga@example.com}
                - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: interns}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: recorder}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decider}
                subjects:
                - {kind: ServiceAccount, namespace: tickets, name: bot}
                """);

        Ran ran = folders.plan("--fail-on", "warning");

        assertThat(ran.out())
                .contains(
                        "MayDecide every OutputPort of namespace checkout: may now decide here and open ports wider (verb approve): group interns, robin@example.com")
                .contains(
                        "MayDecide every OutputPort: may now record decisions here, in anybody's name (verb decide): system:serviceaccount:tickets:bot");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void whoMayNotDecideAnyMoreIsSaid() throws IOException {
        Files.delete(folders.after.resolve("40-rights.yaml"));

        assertThat(folders.plan().out())
                .contains(
                        "MayNotDecide every OutputPort of namespace checkout: may not any more decide here and open ports wider (verb approve): olga@example.com");
    }

    @Test
    void anotherServerIsSaid() throws IOException {
        folders.edit("30-platform.yaml", "host: 127.0.0.1", "host: other.example.com");

        assertThat(folders.plan().out())
                .contains(
                        "ServerMoved DataPlatform warehouse: it is looked for at other.example.com:5432 instead of 127.0.0.1:5432")
                .contains("What was granted on the old one stays, and nobody takes it away when an agreement ends");
    }

    @Test
    void anotherFirstDatabaseAndAnotherRoleAreSaid() throws IOException {
        folders.edit("30-platform.yaml", "role: portcullis", "role: other\n    database: shop");
        PlannedFolders.edit(folders.before, "30-platform.yaml", "sslMode: disable", "sslMode: require");

        assertThat(folders.plan().out())
                .contains("ServerMoved DataPlatform warehouse: it connects first to database shop instead of postgres")
                .contains(
                        "OperatorRoleChanged DataPlatform warehouse: it works as role other instead of role portcullis")
                .contains("ConnectionWeakened DataPlatform warehouse: ");
    }

    /** Who approves in the cluster leaves nothing in folders. */
    @Test
    void aRequestThatMayHaveBeenApprovedTakesItsAccessAlong() throws IOException {
        Files.delete(folders.after.resolve("62-agreement-manual.yaml"));

        Ran ran = folders.plan("--fail-on", "revoke");

        assertThat(ran.out())
                .contains("- marketing/churn-orders deleted")
                .contains("if it was approved in the cluster, which folders do not say, its access is revoked");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(folders.plan("-o", "junit", "--fail-on", "revoke").out()).contains("failures=\"1\"");
    }

    @Test
    void aNamespaceTakesAllAlongThatIsInIt() throws IOException {
        folders.edit("10-namespaces.yaml", "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: marketing}\n", "");

        Ran ran = folders.plan("--fail-on", "revoke");

        assertThat(ran.out())
                .contains("NamespaceDeleted Namespace marketing: its manifest is gone, so it is deleted")
                .contains("2 manifest(s) for it are still here")
                .contains("- marketing/basket-items deleted")
                .contains("- taylor checkout/order-items-v1");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void aChangeWithoutConsequencesIsNotNoChange() throws IOException {
        folders.edit("50-offer.yaml", "One row per order.", "One row for each order.");

        assertThat(folders.plan().out())
                .startsWith(
                        "Plan: 1 manifest is another than before, and no agreement, decision or grant changes by that");
    }

    @Test
    void foldersWithoutManifestsAreToldFromChangesThatDeleteAll() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        Ran nothing = Ran.portcullis("plan", empty.toString(), empty.toString());
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("neither " + empty + " nor " + empty + " has any manifest");

        Ran deleted = Ran.portcullis("plan", folders.before.toString(), empty.toString(), "--fail-on", "warning");
        assertThat(deleted.out()).contains("NothingLeft folder " + empty).contains("- marketing/basket-items deleted");
        assertThat(deleted.code()).isEqualTo(3);

        assertThat(Ran.portcullis("plan", empty.toString(), folders.after.toString())
                        .out())
                .contains(
                        "in " + empty + " there is no manifest that concerns Portcullis: everything is taken for new");

        Ran unset = Ran.portcullis("plan", "", folders.after.toString());
        assertThat(unset.code()).isEqualTo(64);
        assertThat(unset.err()).contains("a folder's name is empty");
    }

    @Test
    void aFolderThatWasMovedOrEmptiedSinceARevisionIsSaid() throws IOException, InterruptedException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path old = repository.resolve("old");
        Files.createDirectories(old);
        PlannedFolders.copy("quickstart", old);
        git(repository, "init", "-q");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=olga", "-c", "user.email=olga@example.com", "commit", "-q", "-m", "one");

        Files.move(old, repository.resolve("moved"));

        assertThat(Ran.portcullis("plan", repository.resolve("moved").toString(), "--since", "HEAD")
                        .out())
                .contains("at HEAD there is no manifest that concerns Portcullis in " + repository.resolve("moved"))
                .contains("If the folder was moved");
        assertThat(Ran.portcullis("plan", old.toString(), "--since", "HEAD").out())
                .contains("NothingLeft folder " + old)
                .contains("- marketing/basket-items deleted");
        Ran wrong = Ran.portcullis("plan", repository.resolve("odl").toString(), "--since", "HEAD");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("neither now nor at HEAD has " + repository.resolve("odl"));
    }

    @Test
    void removalsThatNoAgreementEndedAreHeldWhereTheyAreMany() throws IOException {
        folders.edit("30-platform.yaml", "schemas: [sales]", "schemas: [other]");
        folders.edit("30-platform.yaml", "{interval: 10s}", "{interval: 10s, maxRemovals: 0}");

        assertThat(folders.plan().out())
                .contains(
                        "RemovalHeld DataPlatform warehouse: 1 entitlements would be taken away that no agreement ended")
                .contains("the operator holds them back until the platform team confirms it");

        // who deletes the agreement wants that
        Files.delete(folders.after.resolve("60-agreement-auto-approved.yaml"));
        assertThat(folders.plan().out()).doesNotContain("RemovalHeld");
    }

    @Test
    void statementsForRowFiltersAreNotPassedOverInSilence() throws IOException {
        for (Path side : new Path[] {folders.before, folders.after}) {
            PlannedFolders.edit(
                    side,
                    "50-offer.yaml",
                    "  autoApprove: true",
                    "    rowFilters: [{name: few, where: \"quantity < 10\"}]\n  autoApprove: true");
        }
        folders.write("70-agreement.yaml", """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: few-items, namespace: marketing}
                spec:
                  purpose: Find out what is bought in small numbers.
                  provider: {namespace: checkout, outputPort: order-items-v1}
                  consumer: {user: quinn@example.com}
                  select: {rowFilter: few}
                """);

        assertThat(folders.plan("--sql").out())
                .contains("+ quinn checkout/order-items-v1 (marketing/few-items)")
                .contains("-- access to some rows only changes as well");
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
