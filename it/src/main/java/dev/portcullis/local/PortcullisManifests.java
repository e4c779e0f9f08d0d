package dev.portcullis.local;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shipped manifests, from the checkout: the same files the chart has. */
public final class PortcullisManifests {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PROBE = "zz-probe.local.portcullis.dev";

    private final Path files;
    private final Path crds;
    private final KubernetesClient client;
    private boolean mutating;

    public PortcullisManifests(KubernetesClient client) {
        this.client = client;
        this.files = Checkout.root().resolve("helm/portcullis/files");
        this.crds = Checkout.root().resolve("crds");
        this.mutating = stampsOn(client);
    }

    /** Whether that server has the policies that stamp: Kubernetes 1.36 and newer. */
    public static boolean stampsOn(KubernetesClient client) {
        return client.supports("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy");
    }

    /** Leaves the MutatingAdmissionPolicy out, as on Kubernetes below 1.36. */
    public PortcullisManifests withoutMutatingPolicy() {
        mutating = false;
        return this;
    }

    /**
     * Applies admission, types, roles and the operator's account, in the order that leaves no moment unguarded, and
     * returns when all of it is in force.
     */
    public void apply() {
        ensureNamespace(OperatorProcess.NAMESPACE);
        List<GenericKubernetesResource> admission = load(files.resolve("admission"));
        if (!mutating) {
            admission.removeIf(resource -> resource.getKind().startsWith("MutatingAdmissionPolicy"));
        }
        admission.forEach(this::apply);
        List<GenericKubernetesResource> types = load(crds);
        types.forEach(this::apply);
        load(files.resolve("rbac")).forEach(this::apply);
        types.forEach(this::awaitEstablished);
        awaitPolicies();
        awaitKindsKnown();
    }

    /**
     * Returns when the API server's own admission knows the kinds. It learns of them last, some seconds after they are established, and after each
     * start of the API server anew; until then it answers every request for an agreement with 503.
     */
    public void awaitKindsKnown() {
        List<GenericKubernetesResource> request = parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: probe, namespace: %s}
                spec:
                  purpose: See whether requests are taken.
                  provider: {namespace: nowhere, outputPort: none}
                  consumer: {user: nobody@example.com}
                """.formatted(OperatorProcess.NAMESPACE));
        Await.until(TIMEOUT, "agreements known to admission", () -> {
            try {
                client.resource(request.get(0)).dryRun(true).create();
                return true;
            } catch (KubernetesClientException e) {
                return e.getCode() != HttpURLConnection.HTTP_UNAVAILABLE;
            }
        });
    }

    /** A kubeconfig of the operator's own account, which has the shipped roles and nothing else. */
    public Path operatorKubeconfig(KubeControlPlane kube) {
        return kube.kubeconfigFor(OperatorProcess.NAMESPACE, OperatorProcess.SERVICE_ACCOUNT);
    }

    /** Makes the Secret that DataPlatforms name for the operator's login on this server, or changes it. */
    public void writeCredentials(String secret, String username, String password) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorProcess.NAMESPACE)
                        .withName(secret)
                        .endMetadata()
                        .withType("kubernetes.io/basic-auth")
                        .withStringData(Map.of("username", username, "password", password))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** Makes a namespace unless it is there. */
    public void ensureNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void apply(GenericKubernetesResource resource) {
        client.resource(resource)
                .fieldManager("portcullis-local")
                .forceConflicts()
                .serverSideApply();
    }

    private void awaitEstablished(GenericKubernetesResource type) {
        String name = type.getMetadata().getName();
        var crd = client.apiextensions().v1().customResourceDefinitions().withName(name);
        Await.until(
                TIMEOUT,
                name + " established",
                () -> crd.get().getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True")));
    }

    /**
     * Policies act a moment after they were written. The API server takes them over in the order in which they were
     * written, so when one acts that was written last, all do.
     */
    private void awaitPolicies() {
        List<GenericKubernetesResource> probe = probe();
        probe.forEach(this::apply);
        ConfigMap harmless = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(OperatorProcess.NAMESPACE)
                .withName("probe")
                .endMetadata()
                .build();
        Await.until(TIMEOUT, "admission policies in force", () -> {
            try {
                client.resource(harmless).dryRun(true).create();
                return false;
            } catch (KubernetesClientException e) {
                return String.valueOf(e.getMessage()).contains(mutating ? "probe: both" : "probe: one");
            }
        });
        for (int i = probe.size() - 1; i >= 0; i--) {
            client.resource(probe.get(i)).delete();
        }
    }

    private List<GenericKubernetesResource> probe() {
        String rule = """
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps], resourceNames: [probe]}]
                """;
        String header =
                "apiVersion: admissionregistration.k8s.io/v1\nkind: %s\nmetadata: {name: " + PROBE + "}\nspec:\n";
        List<GenericKubernetesResource> all = new ArrayList<>();
        if (mutating) {
            all.addAll(parse(header.formatted("MutatingAdmissionPolicy")
                    + "  failurePolicy: Fail\n  reinvocationPolicy: Never\n" + rule
                    + """
                      mutations:
                      - patchType: ApplyConfiguration
                        applyConfiguration: {expression: "Object{metadata: Object.metadata{labels: {'probe': 'both'}}}"}
                    """));
            all.addAll(parse(header.formatted("MutatingAdmissionPolicyBinding") + "  policyName: " + PROBE + "\n"));
        }
        all.addAll(parse(header.formatted("ValidatingAdmissionPolicy") + "  failurePolicy: Fail\n" + rule + """
                  validations:
                  - expression: "false"
                    messageExpression: "'probe: ' + object.metadata.?labels[?'probe'].orValue('one')"
                """));
        all.addAll(parse(header.formatted("ValidatingAdmissionPolicyBinding") + "  policyName: " + PROBE
                + "\n  validationActions: [Deny]\n"));
        return all;
    }

    /** All documents of all YAML files of a folder, in the order of their names. */
    public static List<GenericKubernetesResource> load(Path dir) {
        try (var names = Files.list(dir)) {
            List<GenericKubernetesResource> all = new ArrayList<>();
            for (Path file : (Iterable<Path>)
                    names.filter(f -> f.toString().endsWith(".yaml")).sorted()::iterator) {
                all.addAll(parse(Files.readString(file)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("no manifests in " + dir, e);
        }
    }

    /**
     * The documents of a YAML text; as generic resources, since the client's own classes would drop the fields that
     * they do not know yet.
     */
    public static List<GenericKubernetesResource> parse(String yaml) {
        List<GenericKubernetesResource> all = new ArrayList<>();
        for (String document : yaml.split("(?m)^---.*$", -1)) {
            // a document may be nothing but comments
            if (Serialization.unmarshal(document.isBlank() ? "{}" : document, Object.class) instanceof Map<?, ?> map
                    && map.containsKey("kind")) {
                all.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
            }
        }
        return all;
    }
}
