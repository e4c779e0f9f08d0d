package dev.portcullis.platform.postgresql.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.postgresql.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is written as a filter: what is taken is read back from what is printed of it, and what is printed as SQL has nothing but names, literals of the server's
 * own types, and the server's own operators. The seed is printed by jqwik where it fails.
 */
class FilterFuzzTest {
    private static final Pattern SQL = Pattern.compile(
            "(?<name>\"(?:[^\"]|\"\")+\")|(?<text>E?'(?:[^']|'')*')|(?<cast>::pg_catalog\\.(?<type>[a-z0-9]+))"
                    + "|OPERATOR\\(pg_catalog\\.(?<sign>=|<>|<=|>=|<|>|~~)\\)|(?<word>AND|OR|NOT|IS NULL|ANY \\(ARRAY\\[|\\]\\)|[(),]) ?|(?<space> )");

    private static final String ROWS =
            "(VALUES (1, 'x'::text, true, DATE '2026-01-01', 'x'::varchar, 1.5), (-1, 'z;', false, NULL, 'x%_', NULL), (NULL, NULL, NULL, NULL, NULL, 2))"
                    + " AS t (a, b, c, d, \"E\"\"e\", f)";

    private static final Map<String, ColumnType> COLUMNS = Map.of(
            "a", ColumnType.INT4,
            "b", ColumnType.TEXT,
            "c", ColumnType.BOOL,
            "d", ColumnType.DATE,
            "E\"e", ColumnType.VARCHAR,
            "f", ColumnType.NUMERIC);

    /** Words of the language, of SQL, and of none, in any order. */
    @Provide
    Arbitrary<String> soups() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "c",
                        "\"E\"\"e\"",
                        "f",
                        "AND",
                        "OR",
                        "NOT",
                        "(",
                        ")",
                        "=",
                        "<",
                        ">=",
                        "<>",
                        "IN",
                        "BETWEEN",
                        "LIKE",
                        "IS",
                        "NULL",
                        "'x'",
                        "''",
                        "'it''s'",
                        "'\\'",
                        "'%_'",
                        "1",
                        "-1",
                        "2.5",
                        "true",
                        ",",
                        ";",
                        "--",
                        "/*",
                        "*/",
                        "::",
                        "$1",
                        "$$",
                        "SELECT",
                        "lower(",
                        "pg_sleep(1)",
                        "E'",
                        "\"",
                        "'",
                        "\\",
                        "\n",
                        ".",
                        "OPERATOR(pg_catalog.=)",
                        "COLLATE",
                        "current_user",
                        "ROW(",
                        "ARRAY[",
                        "]",
                        "\u0000",
                        "\u00e9",
                        "||")
                .list()
                .ofMaxSize(25)
                .map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> characters() {
        return Arbitraries.strings()
                .withChars("abc =<>()'\"\\;-/*:$.,%_\n0123456789ANDORNOTIN")
                .ofMaxLength(80);
    }

    @Provide
    Arbitrary<Filter> filters() {
        return filters(3);
    }

    private static Arbitrary<Filter> filters(int depth) {
        Arbitrary<Filter> numbers = Arbitraries.integers()
                .flatMap(number -> Arbitraries.of(Filter.Operator.values())
                        .map(operator ->
                                new Filter.Comparison("a", operator, new Value.Digits(String.valueOf(number)))));
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("x'\"\\%_;- $:\u00e9").ofMaxLength(8);
        Arbitrary<Filter> lists = texts.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> new Filter.OneOf(
                        "E\"e", list.stream().<Value>map(Value.Text::new).toList()));
        Arbitrary<Filter> ranges =
                texts.map(text -> new Filter.Between("b", new Value.Text(text), new Value.Text("z")));
        Arbitrary<Filter> patterns = texts.map(text -> new Filter.Like("b", new Value.Text(text + "%")));
        Arbitrary<Filter> leaves = Arbitraries.oneOf(
                numbers,
                lists,
                ranges,
                patterns,
                Arbitraries.just(new Filter.Missing("d")),
                Arbitraries.just(new Filter.Comparison("c", Filter.Operator.EQUAL, new Value.Truth(true))));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Filter> inner = filters(depth - 1);
        Arbitrary<List<Filter>> several = inner.list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaves, inner.map(Filter.Not::new), several.map(Filter.All::new), several.map(Filter.Any::new));
    }

    @Property
    void whateverIsTakenIsReadBack(@ForAll("soups") String soup) {
        check(FilterParser.parse(soup));
    }

    @Property
    void whateverIsTakenOfAnyCharactersIsReadBack(@ForAll("characters") String text) {
        check(FilterParser.parse(text));
    }

    @Property
    void everyFilterIsReadBack(@ForAll("filters") Filter filter) {
        check(new ParsedFilter.Ok(filter));
    }

    private static void check(ParsedFilter parsed) {
        if (!(parsed instanceof ParsedFilter.Ok ok)) {
            return;
        }
        Filter filter = ok.filter();
        assertThat(FilterParser.parse(FilterText.of(filter), Integer.MAX_VALUE)).isEqualTo(parsed);
        if (FilterSql.problem(filter, COLUMNS).isEmpty()) {
            String sql = FilterSql.of(filter, COLUMNS);
            assertThat(FilterParser.parse(backToFilter(sql), Integer.MAX_VALUE))
                    .as(sql)
                    .isEqualTo(new ParsedFilter.Ok(spelledOut(filter)));
        }
    }

    /** BETWEEN has no operator that could be named, so it is printed as the two comparisons that it means. */
    private static Filter spelledOut(Filter filter) {
        if (filter instanceof Filter.All all) {
            return new Filter.All(
                    all.of().stream().map(FilterFuzzTest::spelledOut).toList());
        }
        if (filter instanceof Filter.Any any) {
            return new Filter.Any(
                    any.of().stream().map(FilterFuzzTest::spelledOut).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(spelledOut(not.of()));
        }
        return filter instanceof Filter.Between between
                ? new Filter.All(List.of(
                        new Filter.Comparison(between.column(), Filter.Operator.AT_LEAST, between.low()),
                        new Filter.Comparison(between.column(), Filter.Operator.AT_MOST, between.high())))
                : filter;
    }

    /** Token by token; a piece that is none of the grammar's is an error. */
    private static String backToFilter(String sql) {
        StringBuilder text = new StringBuilder();
        Matcher token = SQL.matcher(sql);
        int at = 0;
        String literal = null;
        while (at < sql.length()) {
            assertThat(token.find(at) && token.start() == at)
                    .as(sql.substring(at))
                    .isTrue();
            at = token.end();
            if (token.group("text") != null) {
                literal = token.group("text");
            } else if (token.group("cast") != null) {
                ColumnType type = ColumnType.of(token.group("type")).orElseThrow();
                text.append(literal == null ? "" : value(literal, type));
                literal = null;
            } else if (token.group("name") != null) {
                text.append(token.group("name"));
            } else if (token.group("sign") != null) {
                text.append(token.group("sign").equals("~~") ? " LIKE " : " " + token.group("sign") + " ");
            } else if (token.group("word") != null) {
                text.append(' ').append(token.group("word")).append(' ');
            }
        }
        return text.toString().replace("=  ANY (ARRAY[ ", "IN (").replace(" ]) ", ")");
    }

    private static String value(String literal, ColumnType type) {
        String inside = literal.substring(literal.indexOf('\'') + 1, literal.length() - 1);
        String plain = literal.startsWith("E") ? inside.replace("\\\\", "\\") : inside;
        return type.isText() || type == ColumnType.DATE ? "'" + plain + "'" : plain.toLowerCase(Locale.ROOT);
    }

    /** Our parser and the server's agree on what a filter means: which of them are true, false or neither of some rows. */
    @Property
    void meansOnAServerWhatItSays(@ForAll("filters") Filter filter) throws SQLException {
        try (Connection connection = EmbeddedServer.connect("postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet different = statement.executeQuery("SELECT count(*) FROM " + ROWS + " WHERE ("
                    + FilterSql.of(filter, COLUMNS) + ") IS DISTINCT FROM (" + FilterText.of(filter) + ")")) {
                different.next();
                assertThat(different.getInt(1)).as(FilterText.of(filter)).isZero();
            }
        }
    }

    /** Against the one mistake that such a test can make: to take nothing. */
    @Property
    void someAreTaken(@ForAll("filters") Filter filter) {
        assertThat(FilterSql.problem(filter, COLUMNS)).isEmpty();
        assertThat(filter.columns().collect(Collectors.toSet())).isSubsetOf(COLUMNS.keySet());
    }
}
