package dev.portcullis.platform.postgresql.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static Filter filter(String text) {
        ParsedFilter parsed = FilterParser.parse(text);
        assertThat(parsed).as(text).isInstanceOf(ParsedFilter.Ok.class);
        return ((ParsedFilter.Ok) parsed).filter();
    }

    private static Fault fault(String text) {
        ParsedFilter parsed = FilterParser.parse(text);
        assertThat(parsed).as(text).isInstanceOf(ParsedFilter.Bad.class);
        return ((ParsedFilter.Bad) parsed).fault();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "country = 'DE' and amount < 1000 | \"country\" = 'DE' AND \"amount\" < 1000",
                "a=1 OR b=2 AND NOT c=3 | \"a\" = 1 OR \"b\" = 2 AND NOT \"c\" = 3",
                "(a=1 OR b=2) AND c<>3 | (\"a\" = 1 OR \"b\" = 2) AND \"c\" <> 3",
                "NOT (a = 1 OR b = 2) | NOT (\"a\" = 1 OR \"b\" = 2)",
                "Country != 'it''s' | \"country\" <> 'it''s'",
                "\"Country\" >= 'a' | \"Country\" >= 'a'",
                "a in (1, -2.50 ,3) | \"a\" IN (1, -2.50, 3)",
                "a not in ('x') | NOT \"a\" IN ('x')",
                "a between 1 and 2 and b is null | \"a\" BETWEEN 1 AND 2 AND \"b\" IS NULL",
                "a is not null or a not between 1 and 2 | NOT \"a\" IS NULL OR NOT \"a\" BETWEEN 1 AND 2",
                "a like 'x\\%%' | \"a\" LIKE 'x\\%%'",
                "\"user\" = TRUE | \"user\" = true",
                "current_user = 'x' | \"current_user\" = 'x'",
                "a<-1 | \"a\" < -1",
            })
    void reads(String text, String canonical) {
        assertThat(FilterText.of(filter(text))).isEqualTo(canonical);
        assertThat(filter(canonical)).isEqualTo(filter(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lower(country) = 'de' | 6 | calls no functions",
                "country = lower('DE') | 11 | compares columns with literals only",
                "country = other | 11 | compares columns with literals only",
                "1 = 1 | 1 | begins with a column",
                "true | 1 | begins with a column",
                "country | 8 | is followed by",
                "id = (SELECT 1) | 6 | compares columns with literals only",
                "id IN (SELECT id FROM t) | 8 | compares columns with literals only",
                "id = 1; DROP TABLE t | 7 | a filter has columns",
                "id = 1 -- all | 8 | no comments",
                "id = 1 /* all */ | 8 | no comments",
                "id = '1'::int | 9 | no casts",
                "id = $1 | 6 | a filter has columns",
                "id = $$x$$ | 6 | a filter has columns",
                "id = E'x' | 6 | compares columns with literals only",
                "id = U&'x' | 7 | a filter has columns",
                "name = 'x' COLLATE \"C\" | 12 | the filter goes on here",
                "sales.country = 'x' | 6 | a filter has columns",
                "id = NULL | 6 | IS NULL",
                "id = 1e5 | 6 | no letters",
                "id = .5 | 6 | a filter has columns",
                "id = 'x | 6 | does not end on its line",
                "\"id = 1 | 1 | does not end on its line",
                "\"\" = 1 | 1 | is empty",
                "id OPERATOR(pg_catalog.=) 1 | 23 | a filter has columns",
                "id ~ 'x' | 4 | a filter has columns",
                "id = 1 AND | 11 | begins with a column, not with the end",
                "(id = 1 | 8 | close the bracket",
                "id IN () | 8 | compares columns with literals only",
                "id LIKE 5 | 9 | LIKE takes a text",
                "id LIKE 'x\\' | 9 | double it",
                "id LIKE 'x' ESCAPE '!' | 13 | the filter goes on here",
                "id IS TRUE | 7 | IS is followed by NULL",
                "id NOT = 1 | 8 | NOT is followed here by IN",
                "a = 1 = 2 | 7 | the filter goes on here",
            })
    void refusesAndSaysWhere(String text, int column, String part) {
        Fault fault = fault(text);
        assertThat(fault.message()).contains(part);
        assertThat(fault.column()).isEqualTo(column);
        assertThat(fault.line()).isEqualTo(1);
    }

    @Test
    void countsLines() {
        assertThat(fault("a = 1\n  AND lower(b) = 2").sentence()).startsWith("line 2, column 12: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "a\u0000 = 1",
                "a = '\u0000'",
                "a = '\ud800'",
                "\"a\u0001\" = 1",
                "ä = 1",
                "a\u00a0= 1",
                "а = 1"
            })
    void whatOnlyLooksLikeALetterIsNone(String text) {
        assertThat(FilterParser.parse(text)).isInstanceOf(ParsedFilter.Bad.class);
    }

    @Test
    void isBounded() {
        assertThat(fault("a = '" + "x".repeat(1020) + "'").message()).contains("at most 1024");
        assertThat(fault("(".repeat(500) + "a = 1" + ")".repeat(500)).message()).contains("deep");
        assertThat(fault("NOT ".repeat(200) + "a = 1").message()).contains("deep");
        assertThat(fault("a=1 OR ".repeat(120) + "a=1").message()).contains("at most 100 conditions");
        assertThat(fault("a IN (" + "1,".repeat(300) + "1)").message()).contains("at most 200 values");
        assertThat(fault("a = " + "1".repeat(41)).message()).contains("digits");
        assertThat(fault("a".repeat(64) + " = 1").message()).contains("too long");
    }

    @Test
    void everyNameAndLiteralIsQuotedAndEveryOperatorIsTheServersOwn() {
        Map<String, ColumnType> columns = Map.of(
                "country", ColumnType.VARCHAR,
                "amount", ColumnType.INT4,
                "od\"d", ColumnType.BPCHAR,
                "at", ColumnType.TIMESTAMPTZ);
        assertThat(FilterSql.of(
                        filter("country IN ('D''E', '\\') AND (amount NOT BETWEEN -1 AND 2 OR \"od\"\"d\" LIKE 'x%')"
                                + " AND at IS NULL"),
                        columns))
                .isEqualTo("(\"country\"::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['D''E'::pg_catalog.text,"
                        + " E'\\\\'::pg_catalog.text])) AND ((NOT ((\"amount\"::pg_catalog.int4 OPERATOR(pg_catalog.>=)"
                        + " '-1'::pg_catalog.int4) AND (\"amount\"::pg_catalog.int4 OPERATOR(pg_catalog.<=)"
                        + " '2'::pg_catalog.int4))) OR (\"od\"\"d\"::pg_catalog.bpchar OPERATOR(pg_catalog.~~)"
                        + " 'x%'::pg_catalog.text)) AND (\"at\" IS NULL)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b = true | BOOL |",
                "b = 'true' | BOOL | true or false",
                "n = 32767 | INT2 |",
                "n = 32768 | INT2 | 16 bits",
                "n = 1.0 | INT4 | whole number",
                "n = '1' | INT4 | whole number",
                "n = 9223372036854775808 | INT8 | 64 bits",
                "n = 1.5 | NUMERIC |",
                "n = 'NaN' | FLOAT8 | a number",
                "n = 340282346638528859811704183484516925440 | FLOAT4 |",
                "n = 3402823466385288598117041834845169254400 | FLOAT4 | a number of less than 39 digits",
                "n = 3402823466385288598117041834845169254400 | FLOAT8 |",
                "t = 5 | TEXT | a text",
                "n LIKE '1%' | INT4 | LIKE is for texts",
                "d = '2026-02-28' | DATE |",
                "d = '2026-02-29' | DATE | a date",
                "d = '0001-01-01' | DATE |",
                "d = '0000-01-01' | DATE | from year 0001 on",
                "d = '0000-12-31 10:00' | TIMESTAMP | from year 0001 on",
                "d = 'today' | DATE | a date",
                "d = '28/02/2026' | DATE | a date",
                "d = '2026-02-28 10:00' | TIMESTAMP |",
                "d = '2026-02-28T10:00:00.123456' | TIMESTAMP |",
                "d = 'now' | TIMESTAMP | a date and a time",
                "d = '2026-02-28 10:00' | TIMESTAMPTZ | an instant",
                "d = '2026-02-28T10:00Z' | TIMESTAMPTZ |",
                "d = '2026-02-28 10:00:00+01:00' | TIMESTAMPTZ |",
                "d = '2026-02-28 10:00:00-15:59' | TIMESTAMPTZ |",
                "d = '2026-02-28 10:00:00+16:00' | TIMESTAMPTZ | at most 15:59",
                "d = '2026-02-28 10:00:00-16:00' | TIMESTAMPTZ | at most 15:59",
                "d = '0000-02-28 10:00:00Z' | TIMESTAMPTZ | from year 0001 on",
                "d = '10:00' | TIME |",
                "u = '123e4567-e89b-12d3-a456-426614174000' | UUID |",
                "u = '123' | UUID | a UUID",
            })
    void literalsAreWhatTheColumnIs(String text, ColumnType type, String problem) {
        Filter filter = filter(text);
        Map<String, ColumnType> columns = Map.of(filter.columns().findFirst().orElseThrow(), type);
        if (problem == null) {
            assertThat(FilterSql.problem(filter, columns)).isEmpty();
        } else {
            assertThat(FilterSql.problem(filter, columns))
                    .hasValueSatisfying(said -> assertThat(said).contains(problem));
        }
    }

    @Test
    void aColumnThatIsNotThereIsSaid() {
        assertThat(FilterSql.problem(filter("a = 1 AND NOT (b = 2)"), Map.of("a", ColumnType.INT4)))
                .hasValueSatisfying(said -> assertThat(said).contains("column \"b\""));
        assertThat(List.of(ColumnType.values()))
                .allSatisfy(type -> assertThat(ColumnType.of(type.name().toLowerCase(java.util.Locale.ROOT)))
                        .contains(type));
        assertThat(ColumnType.of("citext")).isEmpty();
    }
}
