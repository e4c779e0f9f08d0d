package dev.portcullis.engine.given;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selected;
import dev.portcullis.platform.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pure part of a platform as simple as it can be: tables by name, each with its columns, none named meaning all. */
public final class MemoryPlatform implements PlatformModule {
    /** The schema of which nothing can be selected. */
    public static final String WHOLE = "whole";

    /** The text of a row filter that cannot be used. */
    public static final String BROKEN = "broken";

    /**
     * Tables by name, and the columns of each; no columns: the whole table.
     *
     * @param filters that hold, each as {@code name=text}
     * @param choices filters that a port offers
     */
    public record Tables(
            String schema,
            SortedMap<String, SortedSet<String>> columns,
            SortedSet<String> filters,
            List<RowFilter> choices)
            implements Profile {
        @Override
        public String canonical() {
            return columns.entrySet().stream()
                            .map(table -> table.getKey()
                                    + (table.getValue().isEmpty()
                                            ? ""
                                            : "(" + String.join(",", table.getValue()) + ")"))
                            .collect(Collectors.joining(" "))
                    + filters.stream().map(filter -> " where " + filter).collect(Collectors.joining());
        }

        @Override
        public SnapshotObjects toSnapshot() {
            List<Table> tables = new ArrayList<>();
            columns.forEach((name, some) -> tables.add(new Table(name, List.copyOf(some))));
            List<RowFilter> rows = filters.stream()
                    .map(filter -> filter.split("=", 2))
                    .map(parts -> new RowFilter(parts[0], parts[1]))
                    .toList();
            return new SnapshotObjects(new PostgresqlObjects("shop", schema, tables, rows), null);
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    @Override
    public boolean serves(DataPlatformSpec platform) {
        return platform.postgresql() != null;
    }

    @Override
    public Optional<LoginSecrets> secrets(DataPlatformSpec platform) {
        return Optional.empty();
    }

    @Override
    public Parsed parse(OutputPortSpec port) {
        return port.postgresql() == null ? new Parsed.None() : parse(port.postgresql(), true);
    }

    private static Parsed parse(PostgresqlObjects objects, boolean offered) {
        if (objects.tables().isEmpty()) {
            return new Parsed.Bad("postgresql.tables is empty: name at least one table");
        }
        SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
        objects.tables().forEach(table -> columns.put(table.name(), new TreeSet<>(table.columns())));
        SortedSet<String> filters = new TreeSet<>();
        if (!offered) {
            objects.rowFilters().forEach(filter -> filters.add(filter.name() + "=" + filter.where()));
        }
        return new Parsed.Ok(
                new Tables(objects.schema(), columns, filters, offered ? objects.rowFilters() : List.of()));
    }

    @Override
    public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
        return parse(objects.postgresql(), false) instanceof Parsed.Ok ok
                ? Optional.of(ok.profile())
                : Optional.empty();
    }

    @Override
    public List<RowFilter> rowFilters(Profile offered) {
        return ((Tables) offered).choices();
    }

    @Override
    public Selected select(Profile objects, SelectedObjects select, List<RowFilter> filters) {
        Tables all = (Tables) objects;
        if (all.schema().equals(WHOLE)) {
            return new Selected.Unsupported("ask for all of it");
        }
        SortedMap<String, SortedSet<String>> some = new TreeMap<>();
        for (Table table : select.tables()) {
            SortedSet<String> columns = all.columns().get(table.name());
            if (columns == null || (!columns.isEmpty() && !columns.containsAll(table.columns()))) {
                return new Selected.Beyond("table " + table.name() + table.columns(), all.canonical());
            }
            some.put(table.name(), table.columns().isEmpty() ? columns : new TreeSet<>(table.columns()));
        }
        SortedSet<String> rows = new TreeSet<>(all.filters());
        if (select.rowFilter() != null) {
            Optional<RowFilter> filter = filters.stream()
                    .filter(one -> one.name().equals(select.rowFilter()))
                    .findFirst();
            if (filter.isEmpty()) {
                return new Selected.Beyond("row filter " + select.rowFilter(), "no such filter");
            }
            if (filter.get().where().equals(BROKEN)) {
                return new Selected.Unusable("its text is broken");
            }
            rows.add(filter.get().name() + "=" + filter.get().where());
        }
        return new Selected.Ok(new Tables(all.schema(), some.isEmpty() ? all.columns() : some, rows, List.of()));
    }

    @Override
    public Optional<Profile> common(Profile one, Profile other) {
        SortedSet<String> filters = new TreeSet<>(((Tables) one).filters());
        filters.addAll(((Tables) other).filters());
        return tables((Tables) one, (Tables) other, filters);
    }

    @Override
    public Optional<Profile> intersect(Profile snapshot, Profile offered) {
        SortedSet<String> filters = new TreeSet<>(((Tables) snapshot).filters());
        for (String held : ((Tables) snapshot).filters()) {
            String name = held.split("=", 2)[0];
            Optional<RowFilter> now = ((Tables) offered)
                    .choices().stream().filter(one -> one.name().equals(name)).findFirst();
            if (now.isEmpty()) {
                return Optional.empty();
            }
            filters.add(name + "=" + now.get().where());
        }
        return tables((Tables) snapshot, (Tables) offered, filters);
    }

    private static Optional<Profile> tables(Tables snapshot, Tables offered, SortedSet<String> filters) {
        SortedMap<String, SortedSet<String>> both = new TreeMap<>();
        for (Map.Entry<String, SortedSet<String>> asked : snapshot.columns().entrySet()) {
            SortedSet<String> now = offered.columns().get(asked.getKey());
            if (now != null) {
                boolean askedForSome = !asked.getValue().isEmpty();
                SortedSet<String> common = new TreeSet<>(askedForSome ? asked.getValue() : now);
                if (askedForSome && !now.isEmpty()) {
                    common.retainAll(now);
                }
                if (!common.isEmpty() || (!askedForSome && now.isEmpty())) {
                    both.put(asked.getKey(), common);
                }
            }
        }
        return both.isEmpty() ? Optional.empty() : Optional.of(new Tables(snapshot.schema(), both, filters, List.of()));
    }

    @Override
    public Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile) {
        boolean exposed = platform.exposes().stream()
                .filter(exposure -> exposure.namespaces().contains(namespace))
                .flatMap(exposure -> exposure.postgresql().stream())
                .anyMatch(exposure -> exposure.schemas().contains(((Tables) profile).schema()));
        return exposed
                ? Optional.empty()
                : Optional.of("the platform does not expose " + ((Tables) profile).schema() + " to " + namespace);
    }

    @Override
    public String reference(Owner owner, PortId port, Profile profile) {
        return "role_" + port.name();
    }

    @Override
    public Plan plan(Wanted wanted, Observed observed) {
        throw new UnsupportedOperationException("the engine never plans");
    }
}
