package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has an entry for every reason that the code can write, and none that it cannot. */
class TroubleshootingTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));

    /** Reasons are words in CamelCase; those of a single word are told from other words by where they stand alone, so they are looked for the other way round only. */
    private static final Pattern IN_CODE = Pattern.compile("\"([A-Z][a-z]+(?:[A-Z][a-z]+)+)\"");

    private static final Pattern IN_PAGE = Pattern.compile("`([A-Z][A-Za-z]+)`");

    /** Literals of that form that are something else. */
    private static final Set<String> NO_REASONS = Set.of(
            "DataUsageAgreement",
            "DataProduct",
            "DataPlatform",
            "OutputPort",
            "ApprovalPolicy",
            "DeleteOptions",
            "PartialObjectMetadata",
            "PartialObjectMetadataList",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "UnusedMethod",
            "ReferenceEquality",
            "NullAway",
            "CheckMyDatabase");

    @Test
    void everyReasonHasItsEntry() throws IOException {
        assertThat(inCode()).hasSizeGreaterThan(100);
        assertThat(inPage()).containsAll(inCode());
    }

    @Test
    void everyEntryIsAReason() throws IOException {
        Set<String> written = new TreeSet<>(inCode());
        String sources = String.join("\n", sources());
        assertThat(inPage())
                .allSatisfy(reason -> assertThat(written.contains(reason) || sources.contains('"' + reason + '"'))
                        .as(reason)
                        .isTrue());
    }

    private static Set<String> inCode() throws IOException {
        Stream<String> literals = sources().stream()
                .flatMap(source -> IN_CODE.matcher(source).results())
                .map(literal -> literal.group(1))
                .filter(literal -> !NO_REASONS.contains(literal));
        Stream<Enum<?>> enums = Stream.of(
                        Plan.Reason.values(),
                        PlatformUnavailableException.Reason.values(),
                        ObjectsFound.Notice.Type.values())
                .flatMap(Arrays::stream);
        return Stream.concat(literals, enums.map(Enum::name)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first cells of the tables. */
    private static Set<String> inPage() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/troubleshooting.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" |")).replaceFirst("\\(with a period.*", ""))
                .flatMap(cell -> IN_PAGE.matcher(cell).results())
                .map(reason -> reason.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files =
                Stream.of("engine", "operator", "platforms").map(ROOT::resolve).flatMap(TroubleshootingTest::walk)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .map(TroubleshootingTest::read)
                    .toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
