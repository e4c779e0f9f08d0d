package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.local.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shellcheck says of the scripts that people run. */
class ShellScriptsTest {
    private static final List<String> OUR_PLUGIN =
            List.of("plugin/kubectl-agreement", "plugin/kubectl_complete-agreement", "dev/krew-package");

    private static final List<String> OTHERS = List.of(
            "try",
            "bin/portcullis",
            "dev/kube-tools",
            "dev/psql",
            "dev/update-crds",
            "dev/update-chart-docs",
            "dev/update-dependencies",
            "dev/check-vulnerabilities",
            "dev/check-reproducible",
            "image/assemble-root",
            "image/check");

    @Test
    void shellcheckFindsNothing() throws IOException, InterruptedException {
        Optional<Path> shellcheck = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "shellcheck"))
                .filter(Files::isExecutable)
                .findFirst();
        if (!"true".equals(System.getenv("CI")) && shellcheck.isEmpty()) {
            System.out.println("ShellScriptsTest is skipped: shellcheck is not installed (apt-get install shellcheck)");
            assumeTrue(false, "shellcheck is not installed");
        }
        Path program =
                shellcheck.orElseThrow(() -> new IllegalStateException("shellcheck is missing: .ci/run installs it"));
        assertThat(said(program, "--severity=style", OUR_PLUGIN)).isEmpty();
        assertThat(said(program, "--severity=warning", OTHERS)).isEmpty();
    }

    @Test
    void krewsManifestNamesItsArchive(@TempDir Path folder) throws Exception {
        Process pack = new ProcessBuilder(
                        Checkout.root().resolve("dev/krew-package").toString(), folder.toString())
                .inheritIO()
                .start();
        assertThat(pack.waitFor()).isZero();
        byte[] archive = Files.readAllBytes(folder.resolve("kubectl-agreement.tar.gz"));
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        assertThat(Files.readString(folder.resolve("agreement.yaml")))
                .contains("sha256: \"" + sum + "\"")
                .contains("version: v0.1.0")
                .contains("v0.1.0/kubectl-agreement.tar.gz");
    }

    private static String said(Path shellcheck, String severity, List<String> scripts)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shellcheck.toString(), "--format=gcc", severity));
        command.addAll(scripts);
        Process process = new ProcessBuilder(command)
                .directory(Checkout.root().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
