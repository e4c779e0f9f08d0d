package dev.portcullis.it.crd;

import dev.portcullis.it.TemporaryFolder;
import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One API server with the types and nothing else: no policies, no roles, no operator. Shared by the tests of this package. */
final class CrdCluster {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> NAMESPACES = List.of("checkout", "marketing");

    private static CrdCluster running;

    private final KubeControlPlane kube;
    private final Path outputs;

    private CrdCluster() throws IOException {
        TemporaryFolder dir = TemporaryFolder.create("crds");
        outputs = Files.createDirectories(dir.path().resolve("outputs"));
        kube = KubeControlPlane.start(dir.path().resolve("kube"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kube.close();
            dir.close();
        }));
        List<GenericKubernetesResource> types =
                PortcullisManifests.load(Checkout.root().resolve("crds"));
        types.forEach(type -> client().resource(type).create());
        NAMESPACES.forEach(name -> client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create());
        types.forEach(type -> awaitServed(type.getMetadata().getName()));
    }

    static synchronized CrdCluster get() {
        if (running == null) {
            try {
                running = new CrdCluster();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    KubernetesClient client() {
        return kube.client();
    }

    /** The types as the API server has them, by plural. */
    List<CustomResourceDefinition> types() {
        return client().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .sorted(Comparator.comparing(
                        (CustomResourceDefinition type) -> type.getMetadata().getName()))
                .toList();
    }

    /** Kubernetes 1.30 does not, and forgets that the types ask for it. */
    boolean selectsByFields() {
        return types().stream()
                .flatMap(type -> type.getSpec().getVersions().stream())
                .anyMatch(version -> !version.getSelectableFields().isEmpty());
    }

    private void awaitServed(String type) {
        Await.until(SOON, type + " served", () -> {
            var conditions = client().apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(type)
                    .get()
                    .getStatus()
                    .getConditions();
            // an established type is answered with 404 for a moment more
            return conditions.stream()
                            .anyMatch(c -> c.getType().equals("Established")
                                    && c.getStatus().equals("True"))
                    && client().raw("/apis/portcullis.dev/v1alpha1/" + type.substring(0, type.indexOf('.'))) != null;
        });
    }

    /** What a command said; errors go after what was meant to be read. */
    record Said(int code, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    /** kubectl as an administrator types it. */
    Said kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(kube.kubectl().toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(outputs, "kubectl", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of("KUBECONFIG", kube.kubeconfig().toString(), "HOME", outputs.toString()));
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("kubectl does not end: " + command);
            }
            return new Said(process.exitValue(), Files.readAllLines(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
