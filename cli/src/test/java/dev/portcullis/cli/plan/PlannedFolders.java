package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Two folders that begin as the quickstart: what is there, and what is to be. */
final class PlannedFolders {
    private static final Path SAMPLES = Path.of(System.getProperty("portcullis.root"), "samples");

    final Path before;
    final Path after;

    PlannedFolders(Path folder) throws IOException {
        before = Files.createDirectories(folder.resolve("before"));
        after = Files.createDirectories(folder.resolve("after"));
        add("quickstart");
    }

    /** Adds a sample to both. */
    void add(String sample) throws IOException {
        copy(sample, before);
        copy(sample, after);
    }

    static void copy(String sample, Path to) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(sample))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Changes a file of what is to be. */
    void edit(String file, String from, String to) throws IOException {
        edit(after, file, from, to);
    }

    static void edit(Path folder, String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    /** Adds a file to what is to be, or replaces it. */
    void write(String file, String text) throws IOException {
        Files.writeString(after.resolve(file), text);
    }

    Ran plan(String... more) {
        return Ran.portcullis(Stream.concat(Stream.of("plan", before.toString(), after.toString()), Stream.of(more))
                .toArray(String[]::new));
    }
}
