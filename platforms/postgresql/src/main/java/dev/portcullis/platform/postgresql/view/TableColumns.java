package dev.portcullis.platform.postgresql.view;

import dev.portcullis.platform.postgresql.filter.ColumnType;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a table, in their order and by their names: a table has up to 1,600, and many filters ask for each of theirs. */
public final class TableColumns {
    private final Map<String, TableFacts.Column> byName = new LinkedHashMap<>();
    private final Map<String, ColumnType> types = new HashMap<>();

    public TableColumns(List<TableFacts.Column> columns) {
        columns.stream()
                .sorted(Comparator.comparing(TableFacts.Column::number))
                .forEach(column -> byName.put(column.name(), column));
        byName.values().forEach(column -> column.type().ifPresent(type -> types.put(column.name(), type)));
    }

    /** All of them. */
    List<TableFacts.Column> all() {
        return List.copyOf(byName.values());
    }

    Optional<TableFacts.Column> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The types of those that filters may look at. */
    Map<String, ColumnType> types() {
        return Collections.unmodifiableMap(types);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableColumns columns && all().equals(columns.all());
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.values().toString();
    }
}
