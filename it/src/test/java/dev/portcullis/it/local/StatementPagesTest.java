package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that name a test behind each statement: all of them are there. */
class StatementPagesTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)#(\\w+)`");

    @ParameterizedTest
    @CsvSource({
        "docs/grants.md, 50",
        "docs/policies.md, 50",
        "docs/gitops.md, 10",
        "docs/security.md, 40",
        "docs/operations.md, 40",
        "docs/recovery.md, 3",
        "docs/benchmarks.md, 10"
    })
    void everyTestItNamesIsThere(String page, int atLeast) throws IOException {
        Map<String, List<String>> sources = sourcesByClass();
        List<MatchResult> named =
                NAMED.matcher(Files.readString(ROOT.resolve(page))).results().toList();

        assertThat(named)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(test -> assertThat(sources.getOrDefault(test.group(1), List.of()))
                        .as(test.group())
                        .anyMatch(source -> source.contains("void " + test.group(2) + "(")));
    }

    @ParameterizedTest
    @CsvSource({
        "docs/grants.md, | statement | test |",
        "docs/policies.md, | statement | test |",
        "docs/security.md, | who | tries | what stops it | test | what remains |"
    })
    void everyStatementNamesATest(String page, String head) throws IOException {
        assertThat(statements(Files.readAllLines(ROOT.resolve(page)), head))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).containsPattern(NAMED));
    }

    /** The rows of the tables of statements, by the tables' head; there are other tables. */
    private static List<String> statements(List<String> lines, String head) {
        List<String> statements = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            inside = line.equals(head) || (inside && line.startsWith("|"));
            if (inside && line.startsWith("| ") && !line.equals(head)) {
                statements.add(line);
            }
        }
        return statements;
    }

    /** Two modules may have a class of one name. */
    private static Map<String, List<String>> sourcesByClass() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""),
                            Collectors.mapping(StatementPagesTest::read, Collectors.toList())));
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
