package dev.portcullis.cli.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {
    @TempDir
    private Path repository;

    @BeforeEach
    void commit() throws Exception {
        git("init", "-q", "-b", "main");
        write("mesh/teams.yaml", "kind: Team # é\n");
        write("mesh/deep/port with space.yml", "kind: OutputPort\n");
        write("mesh/notes.txt", "no manifest");
        write("mesh/.hidden/x.yaml", "kind: Team\n");
        write(".github/workflows/plan.yaml", "on: pull_request\n");
        write("other/x.yaml", "kind: Other\n");
        git("add", "-A");
        git("commit", "-q", "-m", "first");
        write("mesh/teams.yaml", "kind: Edited\n");
        Files.delete(repository.resolve("mesh/deep/port with space.yml"));
        Files.delete(repository.resolve("mesh/deep"));
    }

    @Test
    void readsAFolderAsItWasWithoutACheckout() {
        assertThat(new GitSource(repository.resolve("mesh"), "main").files())
                .containsExactly(
                        new SourceFile("main:mesh/.hidden/x.yaml", "kind: Team\n"),
                        new SourceFile("main:mesh/deep/port with space.yml", "kind: OutputPort\n"),
                        new SourceFile("main:mesh/teams.yaml", "kind: Team # é\n"));
    }

    @Test
    void theWholeRepositoryIsAFolderToo() {
        assertThat(new GitSource(repository, "HEAD").files()).hasSize(4);
    }

    @Test
    void aFolderThatIsNotThereAnyMoreWasThereThen() {
        assertThat(new GitSource(repository.resolve("mesh/deep"), "main").files())
                .hasSize(1);
    }

    @Test
    void whatIsNoRevisionIsSaid() {
        assertThatThrownBy(() -> new GitSource(repository, "no-such-branch").files())
                .isInstanceOf(CannotBeDone.class)
                .hasMessageStartingWith("there is no revision no-such-branch in the Git repository ")
                .hasMessageContaining("git fetch");
        assertThatThrownBy(() -> new GitSource(repository, "--output=/tmp/x").files())
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("is no revision");
    }

    private void write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                repository.toString(),
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).inheritIO().start();
        assertThat(git.waitFor()).isZero();
    }
}
