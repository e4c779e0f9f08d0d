package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checkout this runs from: manifests, samples and tools are taken from there. */
public final class Checkout {
    private Checkout() {}

    /** Its root: system property {@code portcullis.root}, else the nearest folder above that looks like it. */
    public static Path root() {
        String given = System.getProperty("portcullis.root", "");
        if (!given.isEmpty()) {
            return Path.of(given).toAbsolutePath();
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            if (Files.isRegularFile(folder.resolve("dev/kube-tools")) && Files.isDirectory(folder.resolve("crds"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException(
                "this is not inside a checkout of Portcullis; say where it is with" + " -Dportcullis.root=...");
    }

    /** A file of it, as a person who works there would name it. */
    static String relative(Path path) {
        return root().relativize(path).toString();
    }

    /**
     * The folder of the Kubernetes programs; {@code dev/kube-tools} gets those that are missing. They are of the newest version that is tried, or of the
     * oldest where system property {@code portcullis.kubernetes} is {@code oldest}.
     */
    public static Path kubeTools(String... tools) {
        List<String> options = new ArrayList<>();
        if (System.getProperty("portcullis.kubernetes", "newest").equals("oldest")) {
            options.add("--oldest");
        }
        return tools(options, tools);
    }

    /** The folder of programs that are for every version of Kubernetes: helm. */
    public static Path toolsForAnyKubernetes(String... tools) {
        return tools(List.of(), tools);
    }

    private static Path tools(List<String> options, String... tools) {
        List<String> command =
                new ArrayList<>(List.of("bash", root().resolve("dev/kube-tools").toString(), "--print-dir"));
        command.addAll(options);
        command.addAll(List.of(tools));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String dir = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0 || dir.isEmpty()) {
                throw new IllegalStateException("dev/kube-tools could not get " + String.join(", ", tools));
            }
            return Path.of(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
