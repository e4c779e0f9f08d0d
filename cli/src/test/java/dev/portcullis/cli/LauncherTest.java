package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** bin/portcullis in a distribution of its own, with Javas that only say which they are. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of(System.getProperty("portcullis.root"), "bin", "portcullis"), home.resolve("bin/portcullis"));
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/portcullis-cli-1.jar"), "");
        Files.writeString(home.resolve("lib/another.jar"), "");
    }

    private record Ran(int code, String out) {}

    @Test
    void takesTheJavaOfJavaHomeWithAllJarsOfItsFolder() throws Exception {
        java("mine", "21.0.2");

        Ran ran = run(Map.of("JAVA_HOME", home.resolve("mine").toString()));

        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.out())
                .contains("started by mine")
                .contains("/lib/another.jar:")
                .contains("/lib/portcullis-cli-1.jar dev.portcullis.cli.Main plan");
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        java("old", "11.0.4");
        java("older", "1.8.0_392");
        java("runtime", "17.0.15");

        Ran ran = run(Map.of(
                "JAVA_HOME", home.resolve("old").toString(), "PATH", home.resolve("older/bin") + ":/usr/bin:/bin"));

        assertThat(ran.out()).contains("started by runtime");
    }

    @Test
    void saysWhatToDoWhereThereAreNoJars() throws Exception {
        java("mine", "21.0.2");
        Files.delete(home.resolve("lib/portcullis-cli-1.jar"));

        Ran ran = run(Map.of("JAVA_HOME", home.resolve("mine").toString()));

        assertThat(ran.code()).isEqualTo(69);
        assertThat(ran.out()).contains("mvn -pl cli -am package -DskipTests");
    }

    @Test
    void isFoundThroughLinks() throws Exception {
        java("mine", "17");
        Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("bin/portcullis"));

        Ran ran = run(link, Map.of("JAVA_HOME", home.resolve("mine").toString()));

        assertThat(ran.out()).contains("started by mine");
    }

    @Test
    void namesOfFilesHaveAllLettersWhateverTheTerminalsLanguageIs() throws Exception {
        java("mine", "21");
        String mine = home.resolve("mine").toString();

        assertThat(run(Map.of("JAVA_HOME", mine, "LC_ALL", "", "LC_CTYPE", "", "LANG", "C"))
                        .out())
                .contains("letters C.UTF-8");
        assertThat(run(Map.of("JAVA_HOME", mine, "LC_ALL", "de_DE.utf8")).out()).contains("letters de_DE.utf8");
    }

    private void java(String name, String version) throws IOException {
        Path java = Files.createDirectories(home.resolve(name).resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                [ "$1" != -version ] || { echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; }
                echo "started by %s: $*"
                echo "letters $LC_ALL"
                exit 7
                """.formatted(version, name));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Ran run(Map<String, String> environment) throws Exception {
        return run(home.resolve("bin/portcullis"), environment);
    }

    private Ran run(Path script, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString(), "plan");
        builder.environment().put("PORTCULLIS_CACHE", "none");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out);
    }
}
