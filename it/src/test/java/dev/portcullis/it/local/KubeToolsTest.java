package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** dev/kube-tools downloads, verifies and builds as it says: its own test, against a server on loopback. */
class KubeToolsTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));

    @Test
    void doesWhatItSays() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "python3"))),
                "the loopback server of this test needs python3");
        Process test = new ProcessBuilder(
                        "bash", ROOT.resolve("dev/test/kube-tools-test").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output.substring(output.lastIndexOf('\n', output.length() - 2) + 1));
        assertThat(test.waitFor()).as(output).isZero();
    }
}
