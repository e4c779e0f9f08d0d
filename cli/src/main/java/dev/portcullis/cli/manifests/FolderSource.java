package dev.portcullis.cli.manifests;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder, or one file. What is Git's own (.git, .github at the top) is passed over, and so are links to folders: whoever proposes a change could have anything of the
 * machine read that checks it. For the same reason a link in place of a manifest is refused.
 */
public record FolderSource(Path folder) implements Source {
    @Override
    public List<SourceFile> files() {
        if (!Files.exists(folder)) {
            throw new CannotBeDone("there is no folder or file " + folder);
        }
        if (!Files.isDirectory(folder)) {
            if (!Source.concerns(folder.toString())) {
                throw new CannotBeDone(folder + " is no file of manifests: their names end with .yaml, .yml or .json");
            }
            return List.of(SourceFile.read(folder));
        }
        Path real = real(folder);
        try (Stream<Path> files = Files.walk(real)) {
            return files.map(real::relativize)
                    .filter(file -> Source.concerns(file.toString()) && !Source.isOfTheRepository(slashed(file)))
                    .map(folder::resolve)
                    .filter(file -> !Files.isDirectory(file))
                    .sorted()
                    .map(FolderSource::read)
                    .toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof AccessDeniedException denied) {
                throw new CannotBeDone("you may not read " + denied.getFile(), e);
            }
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String slashed(Path file) {
        return file.toString().replace(File.separatorChar, '/');
    }

    private static SourceFile read(Path file) {
        if (Steering.isIn(file.toString())) {
            return new SourceFile(file.toString(), "");
        }
        if (Files.isSymbolicLink(file)) {
            throw new CannotBeDone(file + " is a link: put what it leads to in its place");
        }
        return SourceFile.read(file);
    }
}
