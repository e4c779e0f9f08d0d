package dev.portcullis.cli.test;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.engine.cases.CaseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a repository that has policies and their cases; by their whole paths, with slashes. */
final class CaseFolder implements CaseFiles {
    /** The YAML files in a folder and below it, sorted; of a file, that one. */
    static List<String> yamlFiles(Path place) {
        if (!Files.exists(place)) {
            throw new CannotBeDone("there is no file or folder " + place);
        }
        try (Stream<Path> files = Files.walk(place.toAbsolutePath().normalize())) {
            return files.filter(Files::isRegularFile)
                    .map(CaseFolder::slashed)
                    .filter(CaseFolder::isYaml)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CannotBeDone("folder " + place + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> text(String path) {
        Path file = Path.of(path);
        // whoever proposes a case could have anything named that lies on the machine which runs it
        if (Files.isSymbolicLink(file)) {
            throw new CannotBeDone(path + " is a link: put what it leads to in its place");
        }
        return Files.isRegularFile(file) && isYaml(path)
                ? Optional.of(SourceFile.read(file).text())
                : Optional.empty();
    }

    private static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static String slashed(Path file) {
        return file.toString().replace(file.getFileSystem().getSeparator(), "/");
    }
}
