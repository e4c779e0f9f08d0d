package dev.portcullis.engine.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of samples/gitops, as trees. */
final class GitopsSamples {
    private static final Path FOLDER = Path.of(System.getProperty("portcullis.root", ".."), "samples", "gitops");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private GitopsSamples() {}

    /** All documents of a file. */
    static List<JsonNode> documents(String file) {
        return documents(FOLDER.resolve(file));
    }

    /** All documents of all files of a folder. */
    static List<JsonNode> documentsOf(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().flatMap(file -> documents(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents(Path file) {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return all.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
