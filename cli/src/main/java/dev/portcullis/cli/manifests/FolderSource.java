package dev.portcullis.cli.manifests;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder, or one file. Links to folders are followed, as kustomize and kubectl do; hidden folders (.git, .github) are passed over. */
public record FolderSource(Path folder) implements Source {
    @Override
    public List<SourceFile> files() {
        if (!Files.exists(folder)) {
            throw new CannotBeDone("there is no folder or file " + folder);
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> Source.isManifest(file.toString()))
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(FolderSource::read)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isHidden(Path file) {
        for (Path step : file) {
            if (step.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static SourceFile read(Path file) {
        try {
            return new SourceFile(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new CannotBeDone(file + " is not written in UTF-8: save it so, or keep it elsewhere", e);
        } catch (IOException e) {
            throw new CannotBeDone(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
