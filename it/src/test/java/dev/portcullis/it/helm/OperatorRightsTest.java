package dev.portcullis.it.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.local.Await;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator as the chart installs it: with a token of its ServiceAccount, beside another that waits for its Lease. It does the whole main job, and the API
 * server writes down what it needs for that: no more is in its roles, so that to take any of it away would be a failure.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorRightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MESH = """
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: checkout}
            spec: {namespaces: [checkout], members: [{user: olga@example.com}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: marketing}
            spec: {namespaces: [marketing], members: [{user: taylor@example.com}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: ApprovalPolicy
            metadata: {name: nothing}
            spec: {mode: Default, rules: [{name: never, when: "false", approve: true}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: warehouse}
            spec:
              postgresql:
                host: 127.0.0.1
                port: $port
                role: portcullis
                sslMode: disable
                credentials: {namespace: portcullis-system, name: warehouse-admin}
              principals: {user: "name.split('@')[0]"}
              exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [sales]}]}]
              drift: {interval: 2s}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: events}
            spec:
              external: {}
              principals: {user: "name.split('@')[0]"}
              exposes: [{namespaces: [checkout], external: ["topics/*"]}]
              drift: {interval: 2s}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataProduct
            metadata: {name: orders, namespace: checkout}
            spec: {title: Orders, terms: {revision: "1", text: Do not re-identify customers.}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: items, namespace: checkout}
            spec:
              dataProduct: orders
              platform: warehouse
              autoApprove: true
              postgresql: {database: shop, schema: sales, tables: [{name: order_items}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: orders, namespace: checkout}
            spec:
              dataProduct: orders
              platform: warehouse
              postgresql: {database: shop, schema: sales, tables: [{name: orders}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: topic, namespace: checkout}
            spec:
              dataProduct: orders
              platform: events
              autoApprove: true
              external: {objects: [{name: topics/orders}]}
            """;

    /** What no request names: admission asks for these. By {@code patch} on statuses it tells the operator. */
    private static final Set<String> ASKED_BY_ADMISSION = Set.of(
            "release portcullis.dev/datausageagreements",
            "grant portcullis.dev/accessgrants",
            "patch portcullis.dev/teams/status",
            "patch portcullis.dev/dataplatforms/status",
            "patch portcullis.dev/dataproducts/status",
            "patch portcullis.dev/outputports/status",
            "patch portcullis.dev/datausageagreements/status",
            "patch portcullis.dev/decisions/status",
            "patch portcullis.dev/approvalpolicies/status");

    @TempDir
    static Path dir;

    private static AuditLog audit;
    private static Helm helm;
    private static KubeControlPlane kube;
    private static KubernetesClient admin;
    private static LocalPostgres postgres;
    private static ShopDatabase shop;
    private static OperatorProcess operator;
    private static OperatorProcess waiting;

    @BeforeAll
    static void install() throws IOException {
        audit = AuditLog.of("system:serviceaccount:portcullis-system:portcullis", dir);
        kube = KubeControlPlane.start(dir.resolve("kube"), dir, audit.flags());
        admin = kube.client();
        postgres = LocalPostgres.start(dir.resolve("postgres"));
        shop = ShopDatabase.create(postgres);
        helm = Helm.on(kube.kubeconfig(), dir);
        helm.ok(
                "install",
                Helm.RELEASE,
                Helm.chart().toString(),
                "--namespace=" + Helm.NAMESPACE,
                "--create-namespace",
                "--set=platformSecrets[0].name=warehouse-admin");
        Path kubeconfig = kube.kubeconfigFor(Helm.NAMESPACE, "portcullis");
        operator = operator(kubeconfig, "operator");
        waiting = operator(kubeconfig, "waiting");
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: checkout}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: marketing}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: warehouse-admin, namespace: portcullis-system}
                type: kubernetes.io/basic-auth
                stringData: {username: %s, password: %s}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: approvers, namespace: checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-approver}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: olga@example.com}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: consumers, namespace: marketing}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-consumer}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: taylor@example.com}]
                """.formatted(ShopDatabase.OPERATOR_LOGIN, shop.operatorPassword()));
        await("the gate open", () -> {
            try {
                apply(MESH.replace("$port", Integer.toString(postgres.port())));
                request("planted", "orders");
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
        plant("planted");
        operator.start();
    }

    @AfterAll
    static void end() {
        operator.close();
        waiting.close();
        postgres.close();
        kube.close();
    }

    @Test
    @Order(1)
    void whoWaitsIsReadyAndDoesNothing() throws Exception {
        operator.awaitReady(SOON);
        await("the first one works", () -> metrics(operator).contains("portcullis_leader 1.0"));
        waiting.start();
        waiting.awaitReady(SOON);

        assertThat(metrics(waiting)).contains("portcullis_leader 0.0").doesNotContain("portcullis_agreements");
    }

    @Test
    @Order(2)
    void theMainJobIsDoneWithTheRightsOfTheChart() {
        request("basket", "items");
        awaitPhase("basket", Phase.Active);
        assertThat(reads("order_items")).isTrue();

        request("churn", "orders");
        awaitPhase("churn", Phase.Requested);
        await("decided", () -> {
            if (admin.genericKubernetesResources("portcullis.dev/v1alpha1", "Decision")
                    .inNamespace("checkout")
                    .list()
                    .getItems()
                    .isEmpty()) {
                apply(kube.as("olga@example.com"), """
                        apiVersion: portcullis.dev/v1alpha1
                        kind: Decision
                        metadata: {name: churn, namespace: checkout}
                        spec:
                          outputPort: orders
                          agreement: {namespace: marketing, name: churn}
                          decision: approved
                        """);
            }
            return agreement("churn").getStatus().phase() == Phase.Active;
        });
        assertThat(reads("orders")).isTrue();
        // the page is as it was for two seconds after somebody asked
        await("both are counted", () -> metrics(operator).contains("portcullis_agreements{phase=\"Active\"} 2.0"));
        assertThat(metrics(operator))
                .contains("portcullis_platform_up{platform=\"warehouse\"} 1.0")
                .contains("portcullis_decisions_unguarded 0.0");
    }

    @Test
    @Order(3)
    void whatWasPlantedBeforeTheFirstStartGivesNothing() {
        awaitPhase("planted", Phase.Requested);
        assertThat(agreement("planted").getStatus().approval().decisions()).isEmpty();
        delete("planted");
        await("gone", () -> agreement("planted") == null);
    }

    @Test
    @Order(4)
    void anUpgradeAndARollbackTouchNeitherAgreementsNorGrants() {
        String agreement = agreement("basket").getMetadata().getResourceVersion();

        helm.ok(
                "upgrade",
                Helm.RELEASE,
                Helm.chart().toString(),
                "--namespace=" + Helm.NAMESPACE,
                "--reuse-values",
                "--set=replicas=2");
        helm.ok("rollback", Helm.RELEASE, "1", "--namespace=" + Helm.NAMESPACE);

        assertThat(reads("order_items")).isTrue();
        assertThat(agreement("basket").getMetadata().getResourceVersion()).isEqualTo(agreement);
        assertThat(metrics(operator)).contains("portcullis_decisions_unguarded 0.0");
    }

    @Test
    @Order(5)
    void anExternalPlatformToo() {
        request("topic", "topic");
        await("written", () -> grants().length == 1);
        grant("Granted");
        awaitPhase("topic", Phase.Active);
        // another for the same access: the same AccessGrant names both
        request("topic-too", "topic");
        await("both named", () -> grants()[0].getSpec().agreements().size() == 2);

        delete("topic");
        delete("topic-too");
        await("asked to go", () -> grants()[0].getMetadata().getDeletionTimestamp() != null);
        grant("Revoked");
        await("gone", () -> agreement("topic") == null && agreement("topic-too") == null);
    }

    @Test
    @Order(6)
    void whoWaitedTakesOverAndRevokes() {
        operator.stop();
        delete("basket");
        delete("churn");

        await("revoked", () -> agreement("basket") == null && agreement("churn") == null);

        assertThat(reads("order_items")).isFalse();
        assertThat(reads("orders")).isFalse();
        assertThat(metrics(waiting)).contains("portcullis_leader 1.0");
    }

    @Test
    @Order(7)
    void everyRightIsUsedAndNoneIsMissing() {
        waiting.stop();
        Set<String> granted = new TreeSet<>(granted());
        granted.removeAll(ASKED_BY_ADMISSION);

        assertThat(audit.forbidden()).as("asked for and refused").isEmpty();
        Set<String> used = new TreeSet<>(audit.used());
        used.removeAll(ASKED_BY_ADMISSION);
        assertThat(used).as("used and granted").containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    @Order(8)
    void withoutWhatAdmissionAsksForItIsRefused() {
        request("held", "orders");
        KubernetesClient account = kube.as(
                "system:serviceaccount:portcullis-system:portcullis",
                "system:serviceaccounts",
                "system:serviceaccounts:portcullis-system",
                "system:authenticated");
        AccessGrant grant =
                admin.resource(Serialization.unmarshal("""
                apiVersion: portcullis.dev/v1alpha1
                kind: AccessGrant
                metadata: {name: refused, namespace: checkout, finalizers: [portcullis.dev/external]}
                spec: {installation: i, platform: events, outputPort: {name: topic, uid: u}, principal: taylor, objects: [{name: topics/orders}]}
                """, AccessGrant.class)).item();
        Callable<?> write = () -> account.resource(grant).dryRun(true).create();
        Callable<?> status = () -> {
            DataUsageAgreement read = agreement("held");
            return account.resource(read).subresource("status").update();
        };
        // the mutating policy puts back what may not be taken off
        Callable<Boolean> release = () -> account.resource(agreement("held"))
                .dryRun(true)
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]")
                .getFinalizers()
                .isEmpty();
        await("allowed", () -> refusal(write).isEmpty() && refusal(status).isEmpty() && release.call());

        admin.rbac().clusterRoles().withName("portcullis-operator").edit(role -> {
            role.getRules().forEach(rule -> rule.getVerbs().removeAll(List.of("grant", "release")));
            role.getRules().stream()
                    .filter(rule -> rule.getVerbs().contains("update"))
                    .forEach(rule -> rule.getVerbs().remove("patch"));
            role.getRules().removeIf(rule -> rule.getVerbs().isEmpty());
            return role;
        });

        await(
                "refused",
                () -> refusal(write).contains("grant")
                        && refusal(status).contains("the verb patch")
                        && !release.call());
    }

    private static String refusal(Callable<?> request) throws Exception {
        try {
            request.call();
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    // ----

    /** Every verb on every resource that the chart gives the operator. */
    private static Set<String> granted() {
        return Helm.offline(dir).template("--set=platformSecrets[0].name=warehouse-admin").objects().stream()
                .filter(object -> Set.of("portcullis-operator", "portcullis-platform-secrets")
                        .contains(object.getMetadata().getName()))
                .filter(object -> object.getKind().endsWith("Role"))
                .map(role -> (JsonNode) JSON.valueToTree(role))
                .flatMap(role -> stream(role.path("rules")))
                .flatMap(rule -> stream(rule.path("apiGroups"))
                        .flatMap(group -> stream(rule.path("resources"))
                                .flatMap(resource -> stream(rule.path("verbs"))
                                        .map(verb ->
                                                AuditLog.right(verb.asText(), group.asText(), resource.asText(), "")))))
                .collect(Collectors.toSet());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }

    private static OperatorProcess operator(Path kubeconfig, String name) {
        return new OperatorProcess(
                kubeconfig, dir.resolve(name + ".log"), Map.of("PORTCULLIS_LEADER_ELECTION", "true", "HOSTNAME", name));
    }

    private static String metrics(OperatorProcess process) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.metricsPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As anybody could who may write agreements, in the moment between the kinds and their guard. */
    private static void plant(String name) {
        admin.resource(agreement(name)).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status": {"phase": "Active", "active": true, "approval": {"status": "Approved", "workflow": "Manual", "rule": "manual"}}}
                """);
        assertThat(agreement(name).getStatus().phase()).isEqualTo(Phase.Active);
    }

    private static void request(String name, String port) {
        apply(kube.as("taylor@example.com"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: marketing}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: checkout, outputPort: %s}
                  consumer: {user: taylor@example.com}
                  acceptedTerms: "1"
                """.formatted(name, port));
    }

    /** What a grant controller would answer. */
    private static void grant(String state) {
        AccessGrant grant = grants()[0];
        admin.resource(grant).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status": {"state": "%s", "observedGeneration": %d, "conditions": [{"type": "Granted", "status": "%s", "reason": "%s",
                  "message": "", "lastTransitionTime": "2026-11-22T12:00:00Z"}]}}
                """.formatted(
                        state, grant.getMetadata().getGeneration(), state.equals("Granted") ? "True" : "False", state));
    }

    private static AccessGrant[] grants() {
        return admin.resources(AccessGrant.class)
                .inNamespace("checkout")
                .list()
                .getItems()
                .toArray(AccessGrant[]::new);
    }

    private static void awaitPhase(String name, Phase phase) {
        Await.until(
                SOON,
                () -> name + " " + phase + ", but it is " + agreement(name),
                () -> agreement(name).getStatus() != null
                        && agreement(name).getStatus().phase() == phase);
    }

    private static DataUsageAgreement agreement(String name) {
        return admin.resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }

    private static void delete(String name) {
        admin.resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .delete();
    }

    private static boolean reads(String table) {
        return shop.query("taylor", "SELECT count(*) FROM sales." + table).allowed();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(SOON, what, condition);
    }

    private static void apply(String yaml) {
        apply(admin, yaml);
    }

    private static void apply(KubernetesClient client, String yaml) {
        PortcullisManifests.parse(yaml)
                .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    }
}
