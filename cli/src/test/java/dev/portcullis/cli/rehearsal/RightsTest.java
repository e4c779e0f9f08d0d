package dev.portcullis.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.manifests.RightsManifest;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final String APPROVER = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: approver, labels: {rbac.authorization.k8s.io/aggregate-to-admin: "true"}}
            rules: [{apiGroups: [portcullis.dev], resources: [outputports], verbs: [approve]}]
            ---
            """;

    private static Rights rights(String yaml) {
        List<Fault> faults = new ArrayList<>();
        List<RightsManifest> read = YamlText.documents("rights.yaml", yaml, faults).stream()
                .map(document -> new RightsManifest(document.at("")))
                .toList();
        assertThat(faults).isEmpty();
        return new Rights(read);
    }

    private static String binding(String namespace, String role, String... users) {
        StringBuilder subjects = new StringBuilder();
        for (String user : users) {
            subjects.append("- {kind: User, name: ").append(user).append("}\n");
        }
        return """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: them, namespace: %s}
                roleRef: {kind: ClusterRole, name: %s}
                subjects:
                %s---
                """.formatted(namespace, role, subjects);
    }

    /** An admin of the namespace approves, since the shipped role is part of that one. */
    @Test
    void rolesOfKubernetesContainWhatIsAddedToThem() {
        Rights rights = rights(APPROVER + binding("checkout", "admin", "olga"));

        assertThat(rights.may("olga", "approve", "checkout", "orders-v1")).isTrue();
        assertThat(rights.may("olga", "approve", "marketing", "orders-v1")).isFalse();
        assertThat(rights(APPROVER + binding("checkout", "edit", "olga")).may("olga", "approve", "checkout", "x"))
                .isFalse();
        assertThat(rights(binding("checkout", "cluster-admin", "olga")).may("olga", "decide", "checkout", "x"))
                .isTrue();
    }

    @Test
    void aLaterBindingStandsForAnEarlierOfTheSameName() {
        Rights rights = rights(
                APPROVER + binding("checkout", "approver", "olga", "robin") + binding("checkout", "approver", "robin"));

        assertThat(rights.holders("approve", "checkout", "orders-v1")).containsExactly("robin");
    }
}
