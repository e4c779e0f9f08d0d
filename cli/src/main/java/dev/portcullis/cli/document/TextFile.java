package dev.portcullis.cli.document;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A file that was read.
 *
 * @param name as a person finds it
 */
public record TextFile(String name, String text) {
    public static TextFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotBeDone("there is no file " + file);
        }
        try {
            return new TextFile(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new CannotBeDone(file + " is not written in UTF-8: save it so", e);
        } catch (IOException e) {
            throw new CannotBeDone(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The files of YAML and JSON in a folder and below it, sorted; hidden folders are passed over. Of a file, that one. */
    public static List<TextFile> below(Path folder) {
        if (!Files.exists(folder)) {
            throw new CannotBeDone("there is no folder or file " + folder);
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> isDocument(file.toString()) && Files.isRegularFile(file))
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .sorted()
                    .map(TextFile::read)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isDocument(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(step -> step.toString().startsWith("."));
    }
}
