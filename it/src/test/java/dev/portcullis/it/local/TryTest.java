package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.Try;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code ./try}, against a {@code .try} of its own, treated as people treat it. */
class TryTest {
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration END = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    /** What a command said, and its exit code. */
    private record Said(int code, String text) {}

    @BeforeEach
    void checkout() throws IOException {
        for (String part : List.of("crds", "dev", "helm", "samples")) {
            Files.createSymbolicLink(root.resolve(part), Checkout.root().resolve(part));
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException, InterruptedException {
        say("down");
    }

    @Test
    void upMendsWhatWasChangedAndNothingOutlivesItsFolder() throws IOException, InterruptedException {
        assertThat(say("status")).isEqualTo(new Said(3, "nothing runs; ./try up starts it\n"));
        Said up = say("up");
        assertThat(up.code()).as(up.text()).isZero();
        assertThat(say("status").code()).isZero();

        // as somebody who follows the samples: they name another server
        sendElsewhere();
        Files.delete(state("env"));
        Said astray = say("status");
        assertThat(astray.code()).isEqualTo(3);
        assertThat(astray.text()).contains("warehouse names the PostgreSQL 127.0.0.1:5432");

        Said again = say("up");
        assertThat(again.code()).as(again.text()).isZero();
        assertThat(again.text())
                .contains("applied .try/quickstart/30-platform.yaml again")
                .contains(".try/env was gone: written anew");
        assertThat(state("env")).content().contains("export PGPASSWORD=");
        assertThat(say("status").code()).isZero();
        assertThat(say("up").text()).startsWith("\nIt was up already.");

        List<ProcessHandle> processes = processes();
        assertThat(processes).hasSize(6).allMatch(ProcessHandle::isAlive);
        removeState();
        awaitEnd(processes);
        assertThat(root.resolve(".try")).doesNotExist();
        assertThat(say("status").code()).isEqualTo(3);
        assertThat(say("down").code()).isZero();
    }

    @Test
    void anInterruptedCheckStopsWhatItStarted() throws IOException, InterruptedException {
        Path output = root.resolve("output");
        Process check = start("check", output);
        Await.until(START, () -> "servers up\n" + read(output), () -> Files.exists(state("servers.properties")));
        List<ProcessHandle> processes = processes();
        assertThat(processes).hasSize(6);
        // as good as Ctrl-C, which those who start this in the background have switched off
        check.destroy();
        assertThat(check.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(read(output)).contains("interrupted\n").contains("stopped: daemon, ");
        awaitEnd(processes);
    }

    @Test
    void aGarbledListOfProcessesIsNotGuessedAt() throws IOException, InterruptedException {
        Files.createDirectory(root.resolve(".try"));
        Files.writeString(state("processes"), "daemon twelve\n");
        for (String command : List.of("status", "down", "up")) {
            Said said = say(command);
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text())
                    .contains("daemon twelve")
                    .contains("rm -rf .try after stopping what still runs")
                    .doesNotContain("Exception");
        }
        removeState();
    }

    // ---------------------------------------------------------------------------------------- what people do

    private void sendElsewhere() throws IOException {
        Config config =
                Config.fromKubeconfig(state("data/kubernetes/admin.kubeconfig").toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            String sample = Files.readString(root.resolve("samples/quickstart/30-platform.yaml"));
            client.resource(PortcullisManifests.parse(sample).get(0))
                    .forceConflicts()
                    .serverSideApply();
            assertThat(client.resources(DataPlatform.class)
                            .withName("warehouse")
                            .get()
                            .getSpec()
                            .postgresql()
                            .port())
                    .isEqualTo(5432);
        }
    }

    /** {@code rm -rf .try}: files may come and go meanwhile. */
    private void removeState() throws IOException {
        Files.walkFileTree(root.resolve(".try"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException problem) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Said say(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(root, command, "");
        Process process = start(command, output);
        assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                .as(command + "\n" + read(output))
                .isTrue();
        return new Said(process.exitValue(), read(output));
    }

    private Process start(String command, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dportcullis.root=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Try.class.getName(),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    // ---------------------------------------------------------------------------------------- what is seen

    private Path state(String file) {
        return root.resolve(".try").resolve(file);
    }

    private List<ProcessHandle> processes() throws IOException {
        return Files.readAllLines(state("processes")).stream()
                .map(line ->
                        ProcessHandle.of(Long.parseLong(line.split(" ", -1)[1])).orElseThrow())
                .toList();
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        Await.until(END, () -> "gone: " + processes, () -> processes.stream().noneMatch(TryTest::runs));
    }

    /** One that has ended stays in the table until its parent takes notice, and who inherits orphans may never do. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
