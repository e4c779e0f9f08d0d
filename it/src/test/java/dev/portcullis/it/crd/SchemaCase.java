package dev.portcullis.it.crd;

import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One file below {@code src/test/resources/crd/<plural>/valid} or {@code invalid}. Its first document is created, every further one is an update.
 * All are accepted, but for the last of an invalid file.
 *
 * <p>Comments at the beginning say what comes of it: {@code # expect: part of the message}, one for each thing that is refused, and {@code # stored:
 * /spec/suspend = false}, a JSON pointer and the value that is read back.
 *
 * <p>So that a file of 10,000 members is not one: {@code $(a * 64)} stands for 64 times a, {@code $(each 1..3: t#)} for {@code t1, t2, t3}.
 */
record SchemaCase(Path file, List<String> expected, List<String> stored, List<GenericKubernetesResource> documents) {
    private static final Path FOLDER = Path.of("src/test/resources/crd");
    private static final Pattern TIMES = Pattern.compile("\\$\\(([^()]+?) \\* (\\d+)\\)");
    private static final Pattern EACH = Pattern.compile("\\$\\(each (\\d+)\\.\\.(\\d+): ([^()]*)\\)");

    static Stream<SchemaCase> of(String plural, String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(plural).resolve(folder))) {
            return files.sorted().map(SchemaCase::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<SchemaCase> all(String folder) {
        try (Stream<Path> plurals = Files.list(FOLDER)) {
            return plurals.sorted().flatMap(plural -> of(plural.getFileName().toString(), folder)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaCase read(Path file) {
        try {
            String text = Files.readString(file);
            return new SchemaCase(
                    file,
                    comments(text, "# expect: "),
                    comments(text, "# stored: "),
                    PortcullisManifests.parse(unfolded(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> comments(String text, String prefix) {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static String unfolded(String text) {
        String listed = EACH.matcher(text)
                .replaceAll(each -> Matcher.quoteReplacement(
                        IntStream.rangeClosed(Integer.parseInt(each.group(1)), Integer.parseInt(each.group(2)))
                                .mapToObj(i -> each.group(3).replace("#", Integer.toString(i)))
                                .collect(Collectors.joining(", "))));
        return TIMES.matcher(listed)
                .replaceAll(times -> Matcher.quoteReplacement(times.group(1).repeat(Integer.parseInt(times.group(2)))));
    }

    GenericKubernetesResource first() {
        return documents.get(0);
    }

    String plural() {
        return file.getName(FOLDER.getNameCount()).toString();
    }

    /** For people. */
    String name() {
        return plural() + ": "
                + file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
    }
}
