package dev.portcullis.platform.postgresql.filter;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A filter as SQL. Every operator and every type is named with its schema, so that what is called is the server's own, whatever somebody has put on a search path;
 * IN and BETWEEN are written out, since the server would look for their operators by itself.
 */
public final class FilterSql {
    private final Map<String, ColumnType> columns;

    private FilterSql(Map<String, ColumnType> columns) {
        this.columns = columns;
    }

    /**
     * What a filter cannot be applied for, as the end of a sentence.
     *
     * @param columns those that filters may look at, with their types
     */
    public static Optional<String> problem(Filter filter, Map<String, ColumnType> columns) {
        if (filter instanceof Filter.All all) {
            return first(all.of(), columns);
        }
        if (filter instanceof Filter.Any any) {
            return first(any.of(), columns);
        }
        if (filter instanceof Filter.Not not) {
            return problem(not.of(), columns);
        }
        String column = filter.columns().findFirst().orElseThrow();
        ColumnType type = columns.get(column);
        if (type == null) {
            return Optional.of(
                    "it looks at column " + quote(column) + ", which is not there or is of no type for filters");
        }
        if (filter instanceof Filter.Like && !type.isText()) {
            return Optional.of("LIKE is for texts, and column " + quote(column) + " is none");
        }
        List<Value> values = filter instanceof Filter.Comparison comparison
                ? List.of(comparison.value())
                : filter instanceof Filter.OneOf oneOf
                        ? oneOf.values()
                        : filter instanceof Filter.Between between
                                ? List.of(between.low(), between.high())
                                : filter instanceof Filter.Like like ? List.of(like.pattern()) : List.of();
        return values.stream()
                .flatMap(value -> type.problem(value).stream()
                        .map(expected -> "column " + quote(column) + " is compared with " + value.written()
                                + ", which is not " + expected))
                .findFirst();
    }

    private static Optional<String> first(List<Filter> filters, Map<String, ColumnType> columns) {
        return filters.stream()
                .flatMap(filter -> problem(filter, columns).stream())
                .findFirst();
    }

    /** The condition after WHERE; only for a filter that has no {@link #problem}. */
    public static String of(Filter filter, Map<String, ColumnType> columns) {
        return new FilterSql(columns).sql(filter);
    }

    private String sql(Filter filter) {
        if (filter instanceof Filter.All all) {
            return joined(all.of(), " AND ");
        }
        if (filter instanceof Filter.Any any) {
            return joined(any.of(), " OR ");
        }
        if (filter instanceof Filter.Not not) {
            return "NOT (" + sql(not.of()) + ")";
        }
        if (filter instanceof Filter.Comparison comparison) {
            return compared(comparison.column(), comparison.operator().sign(), comparison.value());
        }
        if (filter instanceof Filter.OneOf oneOf) {
            return operand(oneOf.column())
                    + operator("=")
                    + oneOf.values().stream()
                            .map(value -> value.sql(type(oneOf.column())))
                            .collect(Collectors.joining(", ", "ANY (ARRAY[", "])"));
        }
        if (filter instanceof Filter.Between between) {
            return "(" + compared(between.column(), ">=", between.low()) + ") AND ("
                    + compared(between.column(), "<=", between.high()) + ")";
        }
        if (filter instanceof Filter.Like like) {
            return operand(like.column()) + operator("~~") + like.pattern().sql(ColumnType.TEXT);
        }
        return quote(((Filter.Missing) filter).column()) + " IS NULL";
    }

    private String compared(String column, String sign, Value value) {
        return operand(column) + operator(sign) + value.sql(type(column));
    }

    /** A column as the type that its comparisons are of: a domain as what it is made of, which no function is called for. */
    private String operand(String column) {
        return quote(column) + "::pg_catalog." + type(column).sqlName();
    }

    private static String operator(String sign) {
        return " OPERATOR(pg_catalog." + sign + ") ";
    }

    private String joined(List<Filter> of, String by) {
        return of.stream().map(one -> "(" + sql(one) + ")").collect(Collectors.joining(by));
    }

    private ColumnType type(String column) {
        ColumnType type = columns.get(column);
        if (type == null) {
            throw new IllegalArgumentException("no such column: " + column);
        }
        return type;
    }
}
