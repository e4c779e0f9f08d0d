package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/grants.md names a test behind each statement: all of them are there. */
class GrantsPageTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));
    private static final Path PAGE = ROOT.resolve("docs/grants.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)#(\\w+)`");

    @Test
    void everyTestItNamesIsThere() throws IOException {
        Map<String, List<String>> sources = sourcesByClass();
        List<MatchResult> named =
                NAMED.matcher(Files.readString(PAGE)).results().toList();

        assertThat(named)
                .hasSizeGreaterThan(50)
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1), List.of()))
                        .as(test.group())
                        .anyMatch(source -> source.contains("void " + test.group(2) + "(")));
    }

    @Test
    void everyStatementNamesATest() throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| statement "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).containsPattern(NAMED));
    }

    /** Two modules may have a class of one name. */
    private static Map<String, List<String>> sourcesByClass() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Collectors.mapping(GrantsPageTest::read, Collectors.toList())));
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
