package dev.portcullis.platform.postgresql.profile;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tables of one schema, each whole or some of its columns, and which of their rows. Made by {@link ProfileParser}, which lets only possible names through.
 *
 * @param database the database
 * @param schema the schema
 * @param tables by name, sorted, so that two spellings of one set are equal
 * @param filters those that must all hold of a row of any of the tables; none: all rows
 * @param choices what a port offers besides: filters that can be asked for, by name. They limit nothing
 */
public record PostgresqlProfile(
        String database,
        String schema,
        SortedMap<String, Selection> tables,
        SortedSet<NamedFilter> filters,
        SortedMap<String, String> choices)
        implements Profile {
    public PostgresqlProfile {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        filters = Collections.unmodifiableSortedSet(new TreeSet<>(filters));
        choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
    }

    /** All rows of the tables. */
    public PostgresqlProfile(String database, String schema, SortedMap<String, Selection> tables) {
        this(database, schema, tables, new TreeSet<>(), new TreeMap<>());
    }

    @Override
    public String canonical() {
        return "postgresql/1 " + quote(database) + '.' + quote(schema)
                + tables.entrySet().stream()
                        .map(table ->
                                " " + quote(table.getKey()) + table.getValue().canonical(Identifier::quote))
                        .collect(Collectors.joining())
                + filters.stream()
                        .map(filter -> " where " + quote(filter.name()) + " is " + quote(filter.where()))
                        .collect(Collectors.joining())
                + choices.entrySet().stream()
                        .map(choice -> " offers " + quote(choice.getKey()) + " as " + quote(choice.getValue()))
                        .collect(Collectors.joining());
    }

    /** Whether not all rows are in it. */
    public boolean isFiltered() {
        return !filters.isEmpty();
    }

    /** What is offered besides limits nobody, and is not a part of what was asked for. */
    @Override
    public SnapshotObjects toSnapshot() {
        List<Table> list = tables.entrySet().stream()
                .map(table -> new Table(table.getKey(), table.getValue().toList()))
                .toList();
        List<RowFilter> rows = filters.stream()
                .map(filter -> new RowFilter(filter.name(), filter.where()))
                .toList();
        return new SnapshotObjects(new PostgresqlObjects(database, schema, list, rows), null);
    }

    /** What two of them both let through; empty where that is nothing. Of rows those for which the filters of both hold. */
    public Optional<PostgresqlProfile> common(PostgresqlProfile other) {
        SortedSet<NamedFilter> both = new TreeSet<>(filters);
        both.addAll(other.filters);
        return common(other, both);
    }

    /**
     * What is still offered; empty where nothing is. A filter holds as it was asked for and as it is offered now, so that an edit of its text makes nothing wider;
     * without one that is gone, nobody knows what may be read.
     */
    public Optional<PostgresqlProfile> offeredBy(PostgresqlProfile port) {
        SortedSet<NamedFilter> both = new TreeSet<>(filters);
        for (NamedFilter filter : filters) {
            String now = port.choices.get(filter.name());
            if (now == null) {
                return Optional.empty();
            }
            both.add(new NamedFilter(filter.name(), now));
        }
        return common(port, both);
    }

    private Optional<PostgresqlProfile> common(PostgresqlProfile other, SortedSet<NamedFilter> rows) {
        if (!database.equals(other.database) || !schema.equals(other.schema)) {
            return Optional.empty();
        }
        SortedMap<String, Selection> both = new TreeMap<>();
        for (Map.Entry<String, Selection> table : tables.entrySet()) {
            Selection theirs = other.tables.get(table.getKey());
            if (theirs != null) {
                table.getValue().intersect(theirs).ifPresent(common -> both.put(table.getKey(), common));
            }
        }
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(new PostgresqlProfile(database, schema, both, rows, new TreeMap<>()));
    }

    /** All that a role with this profile holds, and nothing else: CONNECT, USAGE, and SELECT on each table or on its columns, one by one. */
    public List<Privilege> privileges() {
        List<Privilege> all = new ArrayList<>();
        all.add(new Privilege("CONNECT", new SqlObject.Database(database)));
        all.add(new Privilege("USAGE", new SqlObject.Schema(database, schema)));
        tables.forEach((name, selection) -> {
            SqlObject.Table table = new SqlObject.Table(database, schema, name);
            if (selection instanceof Selection.Some some) {
                some.parts().forEach(column -> all.add(new Privilege("SELECT", SqlObject.Columns.of(table, column))));
            } else {
                all.add(new Privilege("SELECT", table));
            }
        });
        return all;
    }
}
