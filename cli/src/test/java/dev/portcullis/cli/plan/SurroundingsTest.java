package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
