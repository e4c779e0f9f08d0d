package dev.portcullis.it.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.local.Await;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A release from its installation to its end, and beyond; on a real API server without nodes, so nothing waits for pods. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String AGREEMENT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: kept, namespace: default}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: orders-v1}
              consumer: {user: taylor@example.com}
            """;

    @TempDir
    static Path dir;

    private static KubeControlPlane kube;
    private static KubernetesClient admin;
    private static Helm helm;

    @BeforeAll
    static void start() {
        kube = KubeControlPlane.start(dir.resolve("kube"));
        admin = kube.client();
        helm = Helm.on(kube.kubeconfig(), dir);
    }

    @AfterAll
    static void end() {
        kube.close();
    }

    @Test
    @Order(1)
    void installs() {
        helm.ok("install", Helm.RELEASE, Helm.chart().toString(), "-n", Helm.NAMESPACE, "--create-namespace");

        assertThat(policies().keySet()).hasSize(12).contains("agreements.portcullis.dev Policy");
        assertThat(admin.genericKubernetesResources("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy")
                        .list()
                        .getItems())
                .hasSize(2);
        Await.until(SOON, "requests guarded", () -> {
            try {
                admin.resource(agreement()).create();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
        assertThat(stored().getMetadata().getAnnotations()).containsKey("portcullis.dev/requested-by");
    }

    @Test
    @Order(2)
    void refusesASecondReleaseAndSaysWhereTheFirstIs() {
        Helm.Answer second =
                helm.run("install", "another", Helm.chart().toString(), "-n", "elsewhere", "--create-namespace");

        assertThat(second.succeeded()).isFalse();
        assertThat(second.err())
                .contains(
                        "Portcullis is installed in this cluster already, as release portcullis in namespace portcullis-system")
                .contains("helm upgrade portcullis -n portcullis-system");
    }

    @Test
    @Order(3)
    void anUpgradeChangesNoPolicyAndNoAgreement() {
        Map<String, String> policies = policies();
        String agreement = stored().getMetadata().getResourceVersion();

        helm.ok("upgrade", Helm.RELEASE, Helm.chart().toString(), "-n", Helm.NAMESPACE, "--set", "replicas=2");

        assertThat(replicas()).isEqualTo(2);
        // a policy that changes makes decisions of that moment too old
        assertThat(policies()).isEqualTo(policies);
        assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(agreement);
    }

    @Test
    @Order(4)
    void aRollbackKeepsAgreements() {
        String agreement = stored().getMetadata().getResourceVersion();

        helm.ok("rollback", Helm.RELEASE, "1", "-n", Helm.NAMESPACE);

        assertThat(replicas()).isEqualTo(1);
        assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(agreement);
    }

    @Test
    @Order(5)
    void whatHoldsAgreementsAndGuardsThemStaysWhenTheReleaseGoes() {
        Map<String, String> policies = policies();
        String agreement = stored().getMetadata().getResourceVersion();

        String said = helm.ok("uninstall", Helm.RELEASE, "-n", Helm.NAMESPACE);

        assertThat(said).contains("[CustomResourceDefinition] datausageagreements.portcullis.dev");
        assertThat(policies()).isEqualTo(policies);
        assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(agreement);
        assertThat(admin.apps().deployments().inNamespace(Helm.NAMESPACE).list().getItems())
                .isEmpty();
        assertThat(admin.rbac().clusterRoles().withName("portcullis-operator").get())
                .isNull();
    }

    @Test
    @Order(6)
    void theSameReleaseComesBackToWhatStayed() {
        Map<String, String> policies = policies();

        helm.ok("install", Helm.RELEASE, Helm.chart().toString(), "-n", Helm.NAMESPACE);

        assertThat(policies()).isEqualTo(policies);
        assertThat(replicas()).isEqualTo(1);
        helm.ok("uninstall", Helm.RELEASE, "-n", Helm.NAMESPACE);
    }

    @Test
    @Order(7)
    void anotherReleaseTakesOverWhatStayedWhenTold() {
        String[] install = {"install", "gate", Helm.chart().toString(), "-n", "gates", "--create-namespace"};
        assertThat(helm.run(install).succeeded()).isFalse();

        helm.ok(Stream.concat(Stream.of(install), Stream.of("--take-ownership")).toArray(String[]::new));

        assertThat(admin.apps()
                        .deployments()
                        .inNamespace("gates")
                        .withName("portcullis")
                        .get())
                .isNotNull();
        assertThat(admin.rbac()
                        .clusterRoleBindings()
                        .withName("portcullis-operator")
                        .get()
                        .getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getNamespace()).isEqualTo("gates"));
    }

    private static int replicas() {
        return admin.apps()
                .deployments()
                .inNamespace(Helm.NAMESPACE)
                .withName("portcullis")
                .get()
                .getSpec()
                .getReplicas();
    }

    /** The state of each policy and binding. */
    private static Map<String, String> policies() {
        var api = admin.admissionRegistration().v1();
        return Stream.<List<? extends HasMetadata>>of(
                        api.validatingAdmissionPolicies().list().getItems(),
                        api.validatingAdmissionPolicyBindings().list().getItems())
                .flatMap(List::stream)
                .filter(object -> object.getMetadata().getName().endsWith(".portcullis.dev"))
                .collect(Collectors.toMap(
                        object -> object.getMetadata().getName()
                                + (object.getKind().endsWith("Binding") ? " Binding" : " Policy"),
                        object -> object.getMetadata().getUid() + "/"
                                + object.getMetadata().getResourceVersion()));
    }

    private static GenericKubernetesResource agreement() {
        return PortcullisManifests.parse(AGREEMENT).get(0);
    }

    private static GenericKubernetesResource stored() {
        return admin.resource(agreement()).get();
    }
}
