package dev.portcullis.it.helm;

import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The helm of {@code dev/kube-tools}, with a home of its own, for the chart of this checkout. */
final class Helm {
    static final String RELEASE = "portcullis";
    static final String NAMESPACE = "portcullis-system";

    /** Helm 4; with {@code -Dportcullis.helm=helm3} Helm 3. */
    private static final String TOOL = System.getProperty("portcullis.helm", "helm");

    /** Its beginning of what it says of values that the schema refuses; Helm 3 has other words than Helm 4 for the rest. */
    static final String REFUSED = "values don't meet the specifications of the schema";

    static final boolean IS_3 = TOOL.equals("helm3");

    private static final Path PROGRAM = Checkout.toolsForAnyKubernetes(TOOL).resolve(TOOL);

    private final Path home;
    private final String kubeconfig;

    private Helm(Path home, String kubeconfig) {
        this.home = home;
        this.kubeconfig = kubeconfig;
    }

    /** One that knows no cluster. */
    static Helm offline(Path home) {
        return new Helm(home, "/dev/null");
    }

    /** One that acts on a cluster. */
    static Helm on(Path kubeconfig, Path home) {
        return new Helm(home, kubeconfig.toString());
    }

    static Path chart() {
        return Checkout.root().resolve("helm/portcullis");
    }

    /** What a command said, and whether it liked what it saw. */
    record Answer(int code, String out, String err) {
        boolean succeeded() {
            return code == 0;
        }

        /** All it said, for a failed assertion. */
        String all() {
            return out + err;
        }

        List<GenericKubernetesResource> objects() {
            return PortcullisManifests.parse(out);
        }
    }

    /** {@code helm template} of the chart. */
    Answer template(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("template", RELEASE, chart().toString(), "--namespace", NAMESPACE));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** A command in the release's namespace, which must succeed. */
    String ok(String... arguments) {
        Answer answer = run(arguments);
        if (!answer.succeeded()) {
            throw new AssertionError("helm " + String.join(" ", arguments) + "\n" + answer.all());
        }
        return answer.out();
    }

    Answer run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        try {
            Path err = Files.createTempFile(home, "helm", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", kubeconfig);
            builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
            for (String folder : List.of("CACHE", "CONFIG", "DATA")) {
                builder.environment()
                        .put("HELM_" + folder + "_HOME", home.resolve(folder).toString());
            }
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
