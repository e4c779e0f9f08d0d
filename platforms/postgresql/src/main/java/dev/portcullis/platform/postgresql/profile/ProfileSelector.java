package dev.portcullis.platform.postgresql.profile;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.FirstFew;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Selected;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.filter.FilterParser;
import dev.portcullis.platform.postgresql.filter.ParsedFilter;
import dev.portcullis.platform.postgresql.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes some tables, columns and rows of a profile; all that is named must be there. */
public final class ProfileSelector {
    private static final int SHOWN = 20;

    private final PostgresqlProfile objects;
    private final SortedMap<String, Selection> tables = new TreeMap<>();

    private ProfileSelector(PostgresqlProfile objects) {
        this.objects = objects;
    }

    /** @param filters those that can be named */
    public static Selected select(PostgresqlProfile objects, SelectedObjects select, List<RowFilter> filters) {
        return new ProfileSelector(objects).select(select, filters);
    }

    private Selected select(SelectedObjects select, List<RowFilter> offered) {
        for (Table table : select.tables()) {
            Optional<Selected> problem = add(table);
            if (problem.isPresent()) {
                return problem.get();
            }
        }
        SortedSet<NamedFilter> filters = new TreeSet<>(objects.filters());
        String named = select.rowFilter();
        if (named != null) {
            Optional<RowFilter> filter =
                    offered.stream().filter(one -> one.name().equals(named)).findFirst();
            if (filter.isEmpty()) {
                return new Selected.Beyond(
                        "row filter " + named,
                        there(
                                "row filters",
                                offered.stream().map(RowFilter::name).toList()));
            }
            if (FilterParser.parse(filter.get().where()) instanceof ParsedFilter.Bad bad) {
                return new Selected.Unusable(
                        "row filter " + named + " is no filter: " + bad.fault().sentence());
            }
            filters.add(new NamedFilter(named, filter.get().where()));
        }
        return new Selected.Ok(new PostgresqlProfile(
                objects.database(),
                objects.schema(),
                select.tables().isEmpty() ? objects.tables() : tables,
                filters,
                new TreeMap<>()));
    }

    /** A table without columns is all that there is of it. */
    private Optional<Selected> add(Table table) {
        Selection all = objects.tables().get(table.name());
        if (all == null) {
            return Optional.of(new Selected.Beyond(
                    "table " + quote(table.name()),
                    there("tables", quoted(objects.tables().keySet()))));
        }
        if (table.columns().isEmpty()) {
            tables.put(table.name(), all);
            return Optional.empty();
        }
        for (String column : table.columns()) {
            boolean offered = all instanceof Selection.Some some
                    ? some.parts().contains(column)
                    // a whole table has what the platform says; but no column can have this name
                    : Identifier.problem(column).isEmpty();
            if (!offered) {
                return Optional.of(new Selected.Beyond(
                        "column " + quote(column) + " of table " + quote(table.name()),
                        all instanceof Selection.Some some
                                ? there("columns", quoted(some.parts()))
                                : "columns whose names have at most " + Identifier.MAX_BYTES
                                        + " bytes, and no control characters"));
            }
        }
        tables.put(table.name(), new Selection.Some(new TreeSet<>(table.columns())));
        return Optional.empty();
    }

    private static List<String> quoted(Collection<String> names) {
        return names.stream().map(Identifier::quote).toList();
    }

    private static String there(String kind, List<String> names) {
        return names.isEmpty()
                ? "no " + kind
                : kind + " " + FirstFew.of(SHOWN, names.stream().sorted().toList());
    }
}
