package dev.portcullis.supply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/dependencies.md: each library that is shipped, and with what. */
public record DependencyPage(List<Row> rows) {
    /** The line that the table begins with. */
    private static final String HEAD = "| library | version | licence | shipped with |";

    private static final Pattern LINE =
            Pattern.compile("\\| ([^ |:]+):([^ |]+) \\| ([^ |]+) \\| ([^|]+) \\| ([^|]+) \\|");

    public DependencyPage {
        rows = List.copyOf(rows);
    }

    /** One library, and the things that are shipped with it. */
    public record Row(Library library, Set<String> with) {
        public Row {
            with = Set.copyOf(with);
        }

        private String line() {
            return "| %s | %s | %s | %s |"
                    .formatted(
                            library.coordinates(),
                            library.version(),
                            String.join(" or ", library.licences()),
                            String.join(", ", new TreeSet<>(with)));
        }
    }

    /** What is shipped, by the name of each thing. */
    public static DependencyPage of(Map<String, BillOfMaterials> shipped) {
        SortedMap<String, Row> rows = new TreeMap<>();
        shipped.forEach((thing, bill) -> bill.libraries()
                .forEach(library -> rows.merge(
                        library.coordinates() + " " + library.version(),
                        new Row(library, Set.of(thing)),
                        DependencyPage::both)));
        return new DependencyPage(List.copyOf(rows.values()));
    }

    private static Row both(Row one, Row other) {
        Set<String> with = new HashSet<>(one.with());
        with.addAll(other.with());
        return new Row(one.library(), with);
    }

    /** What a page says. */
    public static DependencyPage parse(String markdown) {
        List<Row> rows = new ArrayList<>();
        for (String line : markdown.lines().toList()) {
            Matcher row = LINE.matcher(line);
            if (row.matches()) {
                Library library = new Library(
                        row.group(1),
                        row.group(2),
                        row.group(3),
                        List.of(row.group(4).split(" or ", -1)));
                rows.add(new Row(library, Set.of(row.group(5).split(", ", -1))));
            }
        }
        return new DependencyPage(rows);
    }

    /** The page with this table instead of the one it has, which is the last thing on it. */
    public String writtenInto(String markdown) {
        int head = markdown.indexOf(HEAD);
        if (head < 0) {
            throw new IllegalArgumentException("the page has no line " + HEAD);
        }
        StringBuilder page =
                new StringBuilder(markdown.substring(0, head)).append(HEAD).append("\n|---|---|---|---|\n");
        rows.forEach(row -> page.append(row.line()).append('\n'));
        return page.toString();
    }
}
