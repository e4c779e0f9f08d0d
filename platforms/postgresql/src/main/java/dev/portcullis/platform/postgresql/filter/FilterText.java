package dev.portcullis.platform.postgresql.filter;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.List;
import java.util.stream.Collectors;

/** A filter in its own language, in one spelling. */
public final class FilterText {
    private FilterText() {}

    /** The text that is read back as the same filter. */
    public static String of(Filter filter) {
        if (filter instanceof Filter.All all) {
            return joined(all.of(), " AND ");
        }
        if (filter instanceof Filter.Any any) {
            return any.of().stream()
                    .map(one -> one instanceof Filter.Any ? "(" + of(one) + ")" : of(one))
                    .collect(Collectors.joining(" OR "));
        }
        if (filter instanceof Filter.Not not) {
            return "NOT " + bracketed(not.of());
        }
        if (filter instanceof Filter.Comparison comparison) {
            return quote(comparison.column()) + " " + comparison.operator().sign() + " "
                    + comparison.value().written();
        }
        if (filter instanceof Filter.OneOf oneOf) {
            return quote(oneOf.column())
                    + oneOf.values().stream().map(Value::written).collect(Collectors.joining(", ", " IN (", ")"));
        }
        if (filter instanceof Filter.Between between) {
            return quote(between.column()) + " BETWEEN " + between.low().written() + " AND "
                    + between.high().written();
        }
        if (filter instanceof Filter.Like like) {
            return quote(like.column()) + " LIKE " + like.pattern().written();
        }
        return quote(((Filter.Missing) filter).column()) + " IS NULL";
    }

    private static String joined(List<Filter> of, String by) {
        return of.stream().map(FilterText::bracketed).collect(Collectors.joining(by));
    }

    /** Only where it would be read otherwise without them: brackets count as depth. */
    private static String bracketed(Filter filter) {
        return filter instanceof Filter.All || filter instanceof Filter.Any ? "(" + of(filter) + ")" : of(filter);
    }
}
