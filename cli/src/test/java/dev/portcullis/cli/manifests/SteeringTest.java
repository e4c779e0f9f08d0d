package dev.portcullis.cli.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by which something else is applied than the manifests that are read. */
class SteeringTest {
    private static final String TEAM =
            "apiVersion: portcullis.dev/v1alpha1\nkind: Team\nmetadata: {name: checkout}\nspec: {namespaces: []}\n";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aManifest() throws IOException {
        write("teams/checkout.yaml", TEAM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kustomization.yaml",
                "teams/kustomization.yml",
                "teams/Kustomization",
                "Chart.yaml",
                "teams/all.jsonnet",
                "lib/all.libsonnet",
                ".argocd-source.yaml",
                "teams/.argocd-source-teams.yaml",
                ".sourceignore",
                "teams/.krmignore",
                ".gitmodules"
            })
    void whatSaysHowAFolderIsRenderedIsAFault(String file) throws IOException {
        write(file, "\tno YAML, and not looked at");

        assertThat(read().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(folder.resolve(file).toString());
            assertThat(fault.message()).contains("would not be what is applied");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"teams/kustomize.md", "Chart.yaml.bak", "gitmodules", ".github/kustomization.yaml", "x.YAML"})
    void whatOnlyLooksLikeItIsNone(String file) throws IOException {
        write(file, "anything");

        assertThat(read().faults()).isEmpty();
        assertThat(read().all(dev.portcullis.engine.manifest.ManifestKind.TEAM)).hasSize(1);
    }

    @Test
    void aManifestThatOneOfTheToolsPassesOverIsAFault() throws IOException {
        write("teams/checkout.yaml", "# +argocd:skip-file-rendering\n" + TEAM);
        assertThat(messages()).singleElement().asString().contains("Argo CD passes over");

        for (String name : List.of(".sops.yaml", "cloudbuild.yaml", "appveyor.yml", ".drone.yml")) {
            Files.delete(onlyFile());
            write("teams/" + name, TEAM);
            assertThat(messages()).singleElement().asString().contains("Flux passes over files of this name");
        }
        write("teams/.sops.yaml", "creation_rules: []");
        Files.delete(folder.resolve("teams/.drone.yml"));
        assertThat(messages()).isEmpty();
    }

    /** Whoever checks it out with LFS, as Argo CD can, applies what the pointer stands for. */
    @Test
    void aPointerToALargeFileIsAFault() throws IOException {
        write("teams/more.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");

        assertThat(messages()).singleElement().asString().contains("Git LFS");
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder.resolve("teams"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private List<String> messages() {
        return read().faults().stream().map(Fault::message).toList();
    }

    private Manifests read() {
        return new ManifestsReader(
                        new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()))
                .read(new FolderSource(folder));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }
}
