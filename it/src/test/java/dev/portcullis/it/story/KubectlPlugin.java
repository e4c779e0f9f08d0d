package dev.portcullis.it.story;

import dev.portcullis.local.Checkout;
import dev.portcullis.local.KubeControlPlane;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** plugin/kubectl-agreement, run by one shell against one API server as its administrator; {@code --as} makes it somebody else. */
final class KubectlPlugin {
    private static final Path FOLDER = Checkout.root().resolve("plugin");

    private final KubeControlPlane kube;
    private final Path shell;
    private final Path work;

    /** @param work where it may write */
    KubectlPlugin(KubeControlPlane kube, Path shell, Path work) {
        this.kube = kube;
        this.shell = shell;
        this.work = work;
    }

    /** Where a program is, or nothing. */
    static Optional<Path> installed(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a command said, and its exit code. */
    record Said(int code, String out, String err) {}

    /** {@code kubectl agreement ...}, by the shell. */
    Said agreement(String... arguments) {
        return run(List.of(shell.toString(), FOLDER.resolve("kubectl-agreement").toString()), "", arguments);
    }

    /** The same with something on standard input. */
    Said agreementReading(String input, String... arguments) {
        return run(List.of(shell.toString(), FOLDER.resolve("kubectl-agreement").toString()), input, arguments);
    }

    /** kubectl itself, which finds the plugin on its PATH. */
    Said kubectl(String... arguments) {
        return run(List.of(kube.kubectl().toString()), "", arguments);
    }

    private Said run(List<String> program, String input, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        try {
            Path in = Files.writeString(Files.createTempFile(work, "in", ".txt"), input);
            Path out = Files.createTempFile(work, "out", ".txt");
            Path err = Files.createTempFile(work, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", kube.kubeconfig().toString());
            builder.environment().put("HOME", work.toString());
            builder.environment()
                    .merge("PATH", kube.tools() + ":" + FOLDER, (path, ours) -> ours + File.pathSeparator + path);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("it does not end: " + command);
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
