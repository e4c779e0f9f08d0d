package dev.portcullis.platform.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the documentation tells people to run for the operator, as statements: so that the tests stand on exactly that. */
final class Recipe {
    private static final Path PAGE = Path.of(System.getProperty("portcullis.root"), "docs", "postgresql.md");

    private Recipe() {}

    static List<String> onTheServer() {
        return statements("### On the server");
    }

    static List<String> inTheDatabase() {
        return statements("### In each database");
    }

    static List<String> inTheSchema() {
        return statements("### In each schema");
    }

    static List<String> forRowFilters() {
        return statements("### For row filters");
    }

    /** The statements of the first block of SQL below a heading. */
    private static List<String> statements(String heading) {
        String page = read();
        String section = page.substring(after(page, "\n" + heading + "\n"));
        String block = section.substring(after(section, "\n```sql\n"));
        String sql = block.substring(0, block.indexOf("\n```"))
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(sql.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static int after(String text, String what) {
        int at = text.indexOf(what);
        if (at < 0) {
            throw new IllegalStateException("the page has no " + what.strip());
        }
        return at + what.length();
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
