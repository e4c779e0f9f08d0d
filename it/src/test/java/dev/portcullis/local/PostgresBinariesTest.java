package dev.portcullis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories of several threads and processes start at the same time on a machine that has nothing yet. */
class PostgresBinariesTest {
    @TempDir
    Path parent;

    @Test
    void whatAnotherUnpackedMeanwhileIsTaken() throws Exception {
        Path there = unpacked("there", true);
        Path fresh = unpacked("fresh", true);

        PostgresBinaries.place(fresh, there);

        assertThat(parent).isDirectoryContaining(there::equals);
        assertThat(fresh).doesNotExist();
    }

    @Test
    void whatIsSomethingElseIsSaid() throws Exception {
        Path there = unpacked("there", false);
        Path fresh = unpacked("fresh", true);

        assertThatThrownBy(() -> PostgresBinaries.place(fresh, there)).isInstanceOf(FileSystemException.class);
        assertThat(fresh).doesNotExist();
    }

    private Path unpacked(String name, boolean whole) throws IOException {
        Path dir = Files.createDirectories(parent.resolve(name));
        Path program = Files.createDirectories(dir.resolve("bin")).resolve(whole ? "postgres" : "another");
        Files.createFile(program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return dir;
    }
}
