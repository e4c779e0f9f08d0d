package dev.portcullis.it.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart renders, and what it refuses, without a cluster. */
class ChartTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MUTATING = "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy";
    private static final Pattern METRIC = Pattern.compile("portcullis_[a-z_]*[a-z]");
    private static final Path FILES = Helm.chart().resolve("files");

    @TempDir
    static Path dir;

    private static Helm helm;
    private static List<GenericKubernetesResource> usual;

    @BeforeAll
    static void render() {
        helm = Helm.offline(dir);
        usual = objects();
    }

    @Test
    void lints() {
        Helm.Answer answer = helm.run("lint", "--strict", Helm.chart().toString());

        assertThat(answer.succeeded()).as(answer.all()).isTrue();
        assertThat(answer.all()).doesNotContain("[WARNING]");
    }

    /** The files are what ./try and every other test apply. */
    @Test
    void rendersTheFilesAsTheyAre() {
        Map<String, JsonNode> rendered = byName(objects("--api-versions", MUTATING));
        Stream.of("crds", "admission", "rbac")
                .flatMap(folder -> PortcullisManifests.load(FILES.resolve(folder)).stream())
                .filter(file -> !file.getKind().equals("Namespace"))
                .filter(file -> !file.getMetadata().getName().equals("portcullis-platform-secrets"))
                .forEach(file ->
                        assertThat(rendered.get(key(file))).as(key(file)).isEqualTo(withoutLabels(file)));
    }

    @Test
    void theMutatingPolicyOnlyWhereThereIsItsKind() {
        assertThat(kinds(usual)).doesNotContain("MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding");
        assertThat(kinds(objects("--api-versions", MUTATING)))
                .contains("MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding");
    }

    @Test
    void whatHoldsAgreementsAndGuardsThemIsKept() {
        assertThat(usual)
                .filteredOn(object -> object.getKind().equals("CustomResourceDefinition")
                        || object.getKind().startsWith("ValidatingAdmission")
                                && !object.getMetadata().getName().startsWith("install."))
                .hasSize(20)
                .allSatisfy(object -> assertThat(object.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(objects("--set", "crds.keep=false"))
                .filteredOn(object -> object.getKind().equals("CustomResourceDefinition"))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getAnnotations()).isNullOrEmpty());
        assertThat(kinds(objects("--set", "crds.enabled=false"))).doesNotContain("CustomResourceDefinition");
    }

    /** A label with a version would change the policies with each upgrade, and with them since when decisions are guarded. */
    @Test
    void noPolicyNamesAVersion() throws Exception {
        String chart = Files.readString(Helm.chart().resolve("Chart.yaml"));
        assertThat(chart).contains("appVersion: 0.1.0-SNAPSHOT");
        assertThat(usual)
                .filteredOn(object -> object.getKind().startsWith("ValidatingAdmission"))
                .isNotEmpty()
                .allSatisfy(
                        object -> assertThat(object.getMetadata().getLabels().keySet())
                                .doesNotContain("helm.sh/chart", "app.kubernetes.io/version"));
    }

    @Test
    void theAppVersionIsTheProjects() throws Exception {
        String version = Files.readString(Checkout.root().resolve("pom.xml"))
                .split("<version>")[1]
                .split("</version>")[0];

        assertThat(Files.readString(Helm.chart().resolve("Chart.yaml"))).contains("appVersion: " + version);
    }

    @Test
    void podsAreRestrictedAndWriteNothing() {
        for (JsonNode pod : List.of(
                tree(one(usual, "Deployment", "portcullis")).at("/spec/template/spec"),
                tree(one(usual, "Pod", "portcullis-check")).at("/spec"))) {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop").toString())
                    .isEqualTo("[\"ALL\"]");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.at("/image").asText()).isEqualTo("portcullis:0.1.0-SNAPSHOT");
        }
    }

    @Test
    void settingsReachTheOperator() {
        Map<String, String> environment = environment(
                "--set", "installation.id=eu-1",
                "--set", "watchNamespaces={checkout,marketing}",
                "--set", "expiryWarnings={P14D,PT12H}",
                "--set", "image.digest=sha256:" + "0".repeat(64));

        assertThat(environment)
                .containsEntry("PORTCULLIS_INSTALLATION_ID", "eu-1")
                .containsEntry("PORTCULLIS_WATCH_NAMESPACES", "checkout,marketing")
                .containsEntry("PORTCULLIS_EXPIRY_WARNINGS", "P14D,PT12H")
                .containsEntry("PORTCULLIS_LEADER_ELECTION", "true")
                .containsEntry("PORTCULLIS_HEALTH_HOST", "0.0.0.0");
        assertThat(environment("--set-json", "expiryWarnings=[]")).containsEntry("PORTCULLIS_EXPIRY_WARNINGS", "");
    }

    /** Whoever may read metrics must not come near what the kubelet asks. */
    @Test
    void probesAndMetricsHavePortsOfTheirOwn() {
        List<GenericKubernetesResource> all =
                objects("--set", "networkPolicy.enabled=true,metrics.serviceMonitor.enabled=true");
        JsonNode container = tree(one(all, "Deployment", "portcullis")).at("/spec/template/spec/containers/0");
        Map<String, String> ports = new TreeMap<>();
        container
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(),
                        Integer.toString(port.path("containerPort").intValue())));

        assertThat(ports).containsOnlyKeys("probes", "metrics");
        assertThat(environment())
                .containsEntry("PORTCULLIS_HEALTH_PORT", ports.get("probes"))
                .containsEntry("PORTCULLIS_METRICS_PORT", ports.get("metrics"));
        assertThat(ports.get("probes")).isNotEqualTo(ports.get("metrics"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("probes");
        }
        JsonNode service = tree(one(all, "Service", "portcullis-metrics")).at("/spec/ports/0");
        assertThat(service.path("targetPort").asText()).isEqualTo("metrics");
        assertThat(tree(one(all, "ServiceMonitor", "portcullis")).at("/spec/endpoints/0/port"))
                .isEqualTo(service.path("name"));
        assertThat(tree(one(all, "NetworkPolicy", "portcullis")).at("/spec/ingress"))
                .hasToString("[{\"ports\":[{\"port\":\"metrics\",\"protocol\":\"TCP\"}]}]");
        assertThat(tree(one(
                                objects("--set", "networkPolicy.enabled=true,metrics.enabled=false"),
                                "NetworkPolicy",
                                "portcullis"))
                        .at("/spec/ingress"))
                .isEmpty();
    }

    /** GitOps renders anew each time: nothing is drawn by lot. */
    @Test
    void rendersTheSameEveryTime() {
        assertThat(helm.template().out()).isEqualTo(helm.template().out());
        assertThat(environment()).doesNotContainKey("PORTCULLIS_INSTALLATION_ID");
    }

    @Test
    void secretsAreReadByNameInTheNamespaceTheyAreIn() {
        List<GenericKubernetesResource> objects = objects(
                "--set", "platformSecrets[0].name=warehouse-admin",
                "--set", "platformSecrets[1].name=lake-ca,platformSecrets[1].namespace=data",
                "--set", "platformSecrets[2].name=lake-admin,platformSecrets[2].namespace=data");

        assertThat(objects)
                .filteredOn(object -> object.getMetadata().getName().equals("portcullis-platform-secrets"))
                .filteredOn(object -> object.getKind().equals("Role"))
                .extracting(object -> object.getMetadata().getNamespace() + " "
                        + tree(object).at("/rules/0/resourceNames") + " "
                        + tree(object).at("/rules/0/verbs"))
                .containsExactlyInAnyOrder(
                        "portcullis-system [\"warehouse-admin\"] [\"get\"]",
                        "data [\"lake-admin\",\"lake-ca\"] [\"get\"]");
        assertThat(kinds(objects)).doesNotContain("Secret");
    }

    @Test
    void everythingThatIsOptional() {
        assertThat(kinds(usual))
                .doesNotContain(
                        "PodDisruptionBudget", "NetworkPolicy", "ServiceMonitor", "PrometheusRule", "ConfigMap");
        List<GenericKubernetesResource> all = objects(
                "--set", "replicas=2,networkPolicy.enabled=true,metrics.serviceMonitor.enabled=true",
                "--set", "metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true",
                "--set", "roles.portal.enabled=true,roles.emergency.enabled=true",
                "--set", "governance[0].kind=Group,governance[0].name=privacy",
                "--set", "platformTeam[0].kind=Group,platformTeam[0].name=platform",
                "--set", "stewards[0].namespace=checkout,stewards[0].outputPorts={orders-v1}",
                "--set", "stewards[0].subjects[0].kind=User,stewards[0].subjects[0].name=olga@example.com",
                "--set", "domainOwners[0].name=commerce,domainOwners[0].namespaces={checkout,pricing}",
                "--set", "domainOwners[0].subjects[0].kind=Group,domainOwners[0].subjects[0].name=owners");
        assertThat(kinds(all))
                .contains("PodDisruptionBudget", "NetworkPolicy", "ServiceMonitor", "PrometheusRule", "ConfigMap");
        assertThat(all)
                .extracting(ChartTest::key)
                .contains(
                        "ClusterRole portcullis-portal",
                        "ClusterRole portcullis-emergency",
                        "ClusterRoleBinding portcullis-governance",
                        "ClusterRoleBinding portcullis-platform-team");
        assertThat(all.stream()
                        .filter(object -> object.getMetadata().getName().startsWith("portcullis-domain-commerce"))
                        .map(object -> object.getMetadata().getNamespace()))
                .containsExactlyInAnyOrder("checkout", "checkout", "pricing", "pricing");
        assertThat(tree(one(all, "PrometheusRule", "portcullis")).at("/spec/groups/0/rules"))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    /** An alert or a panel on a metric that nobody offers is never seen. */
    @Test
    void alertsPanelsAndReadmeNameMetricsThatThereAre() throws Exception {
        Set<String> offered = metricsIn(
                Checkout.root().resolve("operator/src/main/java/dev/portcullis/operator/metrics/Measurements.java"));
        assertThat(offered).hasSizeGreaterThan(8);

        assertThat(offered)
                .containsAll(metricsIn(Helm.chart().resolve("templates/prometheusrule.yaml")))
                .containsAll(metricsIn(Helm.chart().resolve("dashboards/portcullis.json")))
                .isEqualTo(metricsIn(Helm.chart().resolve("README.md")));
    }

    private static Set<String> metricsIn(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(found -> found.group().replaceFirst("_total$", ""))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    replica=2 | additional properties 'replica' not allowed
                    crds.install=true | '/crds': additional properties 'install' not allowed
                    metrics.prometheusRule.label.a=b | '/metrics/prometheusRule': additional properties 'label' not allowed
                    platformSecrets[0].name=a,platformSecrets[0].password=b | '/platformSecrets/0': additional properties 'password' not allowed
                    replicas=two | '/replicas': got string, want integer
                    securityContext.runAsUser=0 | '/securityContext/runAsUser': minimum: got 0, want 1
                    expiryWarnings={7d} | '/expiryWarnings/0': '7d' does not match pattern
                    logLevel=debug | '/logLevel': value must be one of
                    watchNamespaces={Checkout} | '/watchNamespaces/0': 'Checkout' does not match pattern
                    image.digest=latest | '/image/digest': 'latest' does not match pattern
                    stewards[0].namespace=checkout | '/stewards/0': missing properties 'outputPorts', 'subjects'
                    admission.enabled=null | '/admission': missing property 'enabled'
                    networkPolicy.apiServerPorts=null | '/networkPolicy': missing property 'apiServerPorts'
                    image=null | missing property 'image'
                    podLabels.app\\.kubernetes\\.io/instance=other | invalid propertyName 'app.kubernetes.io/instance'
                    priorityClassName=a: b | '/priorityClassName': 'a: b' does not match pattern
                    resources.limits.memory=1.2.3Mi | '/resources/limits/memory': '1.2.3Mi' does not match pattern
                    governance[0].kind=ServiceAccount,governance[0].name=x | governance: ServiceAccount x lacks its namespace
                    governance[0].kind=ServiceAccount,governance[0].name=x,governance[0].namespace=y,governance[0].apiGroup=rbac.authorization.k8s.io | leave apiGroup out
                    """)
    void wrongValuesAreRefused(String set, String why) {
        Helm.Answer answer = helm.template("--set", set);

        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.err()).containsAnyOf(why, Helm.IS_3 ? Helm.REFUSED : why);
    }

    /** One would take the other's place, and somebody would lose what he has. */
    @Test
    void noDomainAndNoStewardIsThereTwice() {
        String domain =
                "{\"name\": \"commerce\", \"namespaces\": [\"checkout\"], \"subjects\": [{\"kind\": \"User\", \"name\": \"%s\"}]}";
        String steward =
                "{\"namespace\": \"checkout\", \"outputPorts\": [\"a\"], \"subjects\": [{\"kind\": \"User\", \"name\": \"olga\"}]}";

        assertThat(helm.template(
                                "--set-json",
                                "domainOwners=[" + domain.formatted("olga") + "," + domain.formatted("otto") + "]")
                        .err())
                .contains("domainOwners: commerce is there twice");
        assertThat(helm.template("--set-json", "stewards=[" + steward + "," + steward + "]")
                        .err())
                .containsAnyOf("'/stewards': items at 0 and 1 are equal", "stewards: array items[0,1] must be unique");
    }

    /** YAML takes them for something else where they are not quoted. */
    @Test
    void namesMayLookLikeNumbersAndTruth() {
        for (String[] names : new String[][] {{"12345", "123"}, {"true", "on"}, {"null", "no"}}) {
            List<GenericKubernetesResource> all = helm.run(
                            "template",
                            names[0],
                            Helm.chart().toString(),
                            "--namespace",
                            names[1],
                            "--set-json",
                            "priorityClassName=\"true\"",
                            "--set-json",
                            "stewards=[{\"namespace\": \"on\", \"outputPorts\": [\"1\"], \"subjects\": [{\"kind\": \"User\", \"name\": \"yes\"}]}]")
                    .objects();

            JsonNode deployment = JSON.valueToTree(one(all, "Deployment", "portcullis"));
            assertThat(deployment.at("/metadata/namespace").asText()).isEqualTo(names[1]);
            for (String labels :
                    List.of("/metadata/labels", "/spec/selector/matchLabels", "/spec/template/metadata/labels")) {
                assertThat(deployment
                                .at(labels)
                                .path("app.kubernetes.io/instance")
                                .textValue())
                        .isEqualTo(names[0]);
            }
            assertThat(deployment.at("/spec/template/spec/priorityClassName").textValue())
                    .isEqualTo("true");
            assertThat(all)
                    .filteredOn(object -> object.getMetadata().getName().startsWith("portcullis-steward"))
                    .hasSize(2)
                    .allSatisfy(object ->
                            assertThat(object.getMetadata().getNamespace()).isEqualTo("on"));
        }
    }

    /** In a file of values numbers are fractions to helm; OpenShift's users have ten digits. */
    @Test
    void largeNumbersStayWhole() throws Exception {
        Path values = Files.writeString(dir.resolve("large.yaml"), """
                securityContext: {runAsUser: 1000700000, runAsGroup: 2000000}
                """);

        String out = helm.template("--values", values.toString()).out();

        assertThat(out)
                .contains("runAsUser: 1000700000\n")
                .contains("runAsGroup: 2000000\n")
                .doesNotContain("e+");
    }

    @Test
    void labelsThatAreChosenCount() {
        List<GenericKubernetesResource> all = objects(
                "--set-json",
                "metrics={\"serviceMonitor\": {\"enabled\": true, \"labels\": {\"app.kubernetes.io/name\": \"mesh\"}},"
                        + " \"prometheusRule\": {\"enabled\": true, \"alertLabels\": {\"severity\": \"page\"}}}");

        assertThat(one(all, "ServiceMonitor", "portcullis").getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/name", "mesh")
                .containsEntry("app.kubernetes.io/instance", Helm.RELEASE);
        assertThat(tree(one(all, "PrometheusRule", "portcullis")).findValuesAsText("severity"))
                .isNotEmpty()
                .containsOnly("page");
    }

    @Test
    void theReadmeNamesEveryValue() throws Exception {
        Process check = new ProcessBuilder(
                        "bash", Checkout.root().resolve("dev/update-chart-docs").toString(), "--check")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
    }

    @Test
    void everyObjectOfTheSchemaIsClosed() throws Exception {
        JsonNode schema = JSON.readTree(Files.readString(Helm.chart().resolve("values.schema.json")));

        schema.findParents("properties")
                .forEach(
                        object -> assertThat(object.path("additionalProperties").asText())
                                .as(object.path("properties").toString())
                                .isEqualTo("false"));
    }

    // ----

    private static List<GenericKubernetesResource> objects(String... arguments) {
        Helm.Answer answer = helm.template(arguments);
        assertThat(answer.succeeded()).as(answer.all()).isTrue();
        return answer.objects();
    }

    private static Map<String, String> environment(String... arguments) {
        Map<String, String> environment = new TreeMap<>();
        tree(one(objects(arguments), "Deployment", "portcullis"))
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    private static Set<String> kinds(List<GenericKubernetesResource> objects) {
        return objects.stream().map(GenericKubernetesResource::getKind).collect(Collectors.toSet());
    }

    private static GenericKubernetesResource one(List<GenericKubernetesResource> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> key(object).equals(kind + " " + name))
                .findFirst()
                .orElseThrow();
    }

    private static String key(GenericKubernetesResource object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    private static Map<String, JsonNode> byName(List<GenericKubernetesResource> objects) {
        return objects.stream().collect(Collectors.toMap(ChartTest::key, ChartTest::withoutLabels, (a, b) -> a));
    }

    /** Labels that the file has must be there as well; what the chart adds is left out. */
    private static JsonNode withoutLabels(GenericKubernetesResource object) {
        ObjectNode tree = (ObjectNode) tree(object);
        ObjectNode metadata = (ObjectNode) tree.path("metadata");
        if (metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove(List.of(
                    "app.kubernetes.io/instance",
                    "app.kubernetes.io/managed-by",
                    "app.kubernetes.io/version",
                    "helm.sh/chart",
                    "app.kubernetes.io/name"));
            if (labels.isEmpty()) {
                metadata.remove("labels");
            }
        }
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(List.of("helm.sh/resource-policy", "argocd.argoproj.io/sync-wave"));
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        return tree;
    }

    /** Numbers as numbers: 8.0 in a file is 8 when it is rendered. */
    private static JsonNode tree(GenericKubernetesResource object) {
        return JSON.valueToTree(plain(JSON.convertValue(object, Object.class)));
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, one) -> plain.put(key, plain(one)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ChartTest::plain).toList();
        }
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }
}
