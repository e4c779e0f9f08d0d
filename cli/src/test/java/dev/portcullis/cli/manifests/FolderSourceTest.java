package dev.portcullis.cli.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a folder is read: nothing that lies elsewhere. */
class FolderSourceTest {
    @TempDir
    private Path dir = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(dir.resolve("manifests"));
        write(folder.resolve("b.yaml"), "b");
        write(folder.resolve("below/a.json"), "a");
        write(folder.resolve("notes.txt"), "no");
        write(folder.resolve(".github/c.yaml"), "no");
        write(dir.resolve("secret/key.yaml"), "no");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<String> texts(Path of) {
        return new FolderSource(of).files().stream().map(SourceFile::text).toList();
    }

    @Test
    void itsFilesOfYamlAndJsonAreReadInOrder() throws IOException {
        assertThat(texts(folder)).containsExactly("b", "a");
        write(folder.resolve("below/.hidden.yaml"), "hidden, and applied all the same");
        write(folder.resolve("below/.github/x.yaml"), "this as well");
        assertThat(texts(folder)).containsExactly("b", "this as well", "hidden, and applied all the same", "a");
        assertThat(texts(folder.resolve("b.yaml"))).containsExactly("b");
        assertThat(new FolderSource(folder).files().get(0).name())
                .isEqualTo(folder.resolve("b.yaml").toString());
    }

    @Test
    void aLinkInPlaceOfAManifestIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("z.yaml"), dir.resolve("secret/key.yaml"));
        assertThatThrownBy(() -> texts(folder))
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("z.yaml is a link");
    }

    @Test
    void linksToFoldersAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("elsewhere"), dir.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("folder.yaml"), dir.resolve("secret"));
        assertThat(texts(folder)).containsExactly("b", "a");
    }

    @Test
    void theFolderItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), folder);
        assertThat(texts(link)).containsExactly("b", "a");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> texts(dir.resolve("nothing")))
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("there is no folder or file");
    }
}
