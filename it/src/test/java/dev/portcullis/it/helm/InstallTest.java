package dev.portcullis.it.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.it.WholeClient;
import dev.portcullis.local.Await;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
        if (PortcullisManifests.stampsOn(admin)) {
            assertThat(admin.genericKubernetesResources("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy")
                            .list()
                            .getItems())
                    .hasSize(2);
        }
        // shut until the policies are in force, so what is written is guarded
        await("the gate open", () -> {
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
    void itsPodsAreAdmittedWhereOnlyRestrictedOnesAre() {
        admin.namespaces()
                .withName(Helm.NAMESPACE)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"restricted\"}}}");
        var template = admin.apps()
                .deployments()
                .inNamespace(Helm.NAMESPACE)
                .withName("portcullis")
                .get()
                .getSpec()
                .getTemplate();
        Pod operator = new PodBuilder()
                .withNewMetadata()
                .withName("operator")
                .withNamespace(Helm.NAMESPACE)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        GenericKubernetesResource check = Helm.offline(dir).template().objects().stream()
                .filter(object -> object.getKind().equals("Pod"))
                .findFirst()
                .orElseThrow();

        admin.resource(operator).dryRun(true).create();
        admin.resource(check).dryRun(true).create();
        operator.getSpec().getContainers().get(0).getSecurityContext().setAllowPrivilegeEscalation(true);
        assertThatThrownBy(() -> admin.resource(operator).dryRun(true).create())
                .hasMessageContaining("violates PodSecurity");
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

        new PortcullisManifests(admin).ensureNamespace("checkout");

        helm.ok(
                "upgrade",
                Helm.RELEASE,
                Helm.chart().toString(),
                "--namespace=" + Helm.NAMESPACE,
                "--set=replicas=2,networkPolicy.enabled=true,metrics.dashboard.enabled=true",
                "--set=roles.portal.enabled=true,roles.emergency.enabled=true",
                "--set=governance[0].kind=Group,governance[0].name=privacy",
                "--set=platformTeam[0].kind=Group,platformTeam[0].name=platform",
                "--set=domainOwners[0].name=commerce,domainOwners[0].namespaces={checkout}",
                "--set=domainOwners[0].subjects[0].kind=User,domainOwners[0].subjects[0].name=otto@example.com",
                "--set=stewards[0].namespace=checkout,stewards[0].outputPorts={orders-v1}",
                "--set=stewards[0].subjects[0].kind=User,stewards[0].subjects[0].name=olga@example.com");

        assertThat(replicas()).isEqualTo(2);
        await("olga a steward", () -> mayApprove("olga@example.com", "orders-v1"));
        assertThat(mayApprove("olga@example.com", "orders-v2")).isFalse();
        assertThat(mayApprove("otto@example.com", "orders-v2")).isTrue();
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

    /** As after an installation that was broken off before its end. */
    @Test
    @Order(5)
    void nothingIsWrittenBeforeTheInstallationIsCompleteAndAnUpgradeCompletesIt() {
        admin.rbac().clusterRoleBindings().withName("portcullis-installed").delete();
        GenericKubernetesResource team = PortcullisManifests.parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: early}
                spec: {namespaces: []}
                """).get(0);
        await("the gate shut", () -> {
            try {
                admin.resource(team).dryRun(true).create();
                return false;
            } catch (KubernetesClientException e) {
                return String.valueOf(e.getMessage()).contains("Portcullis is not installed completely yet");
            }
        });

        helm.ok("upgrade", Helm.RELEASE, Helm.chart().toString(), "-n", Helm.NAMESPACE);

        await("the gate open", () -> {
            try {
                admin.resource(team).dryRun(true).create();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    @Test
    @Order(6)
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
    @Order(7)
    void theSameReleaseComesBackToWhatStayed() {
        Map<String, String> policies = policies();

        helm.ok("install", Helm.RELEASE, Helm.chart().toString(), "-n", Helm.NAMESPACE);

        assertThat(policies()).isEqualTo(policies);
        assertThat(replicas()).isEqualTo(1);
        helm.ok("uninstall", Helm.RELEASE, "-n", Helm.NAMESPACE);
    }

    @Test
    @Order(8)
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
        await("the gate open for it", () -> {
            try {
                admin.resource(agreement("later")).dryRun(true).create();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(SOON, what, condition);
    }

    private static boolean mayApprove(String user, String port) {
        return admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user)
                        .withNewResourceAttributes()
                        .withGroup("portcullis.dev")
                        .withResource("outputports")
                        .withNamespace("checkout")
                        .withName(port)
                        .withVerb("approve")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
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
                // made anew by each installation
                .filter(object -> !object.getMetadata().getName().startsWith("install."))
                .collect(Collectors.toMap(
                        object -> object.getMetadata().getName()
                                + (object.getKind().endsWith("Binding") ? " Binding" : " Policy"),
                        object -> object.getMetadata().getUid() + "/"
                                + object.getMetadata().getResourceVersion()));
    }

    private static GenericKubernetesResource agreement() {
        return agreement("kept");
    }

    private static GenericKubernetesResource agreement(String name) {
        GenericKubernetesResource agreement =
                PortcullisManifests.parse(AGREEMENT.replace("kept", name)).get(0);
        if (!PortcullisManifests.stampsOn(admin)) {
            agreement.getMetadata().setAnnotations(WholeClient.ofNewAgreement("admin", Map.of()));
        }
        return agreement;
    }

    private static GenericKubernetesResource stored() {
        return admin.resource(agreement()).get();
    }
}
