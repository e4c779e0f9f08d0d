package dev.portcullis.engine.given;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
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

    /** Tables by name, and the columns of each; no columns: the whole table. */
    public record Tables(String schema, SortedMap<String, SortedSet<String>> columns) implements Profile {
        @Override
        public String canonical() {
            return columns.entrySet().stream()
                    .map(table -> table.getKey()
                            + (table.getValue().isEmpty() ? "" : "(" + String.join(",", table.getValue()) + ")"))
                    .collect(Collectors.joining(" "));
        }

        @Override
        public SnapshotObjects toSnapshot() {
            List<Table> tables = new ArrayList<>();
            columns.forEach((name, some) -> tables.add(new Table(name, List.copyOf(some))));
            return new SnapshotObjects(new PostgresqlObjects("shop", schema, tables, null), null);
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
        return port.postgresql() == null ? new Parsed.None() : parse(port.postgresql());
    }

    private static Parsed parse(PostgresqlObjects objects) {
        if (objects.tables().isEmpty()) {
            return new Parsed.Bad("postgresql.tables is empty: name at least one table");
        }
        SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
        objects.tables().forEach(table -> columns.put(table.name(), new TreeSet<>(table.columns())));
        return new Parsed.Ok(new Tables(objects.schema(), columns));
    }

    @Override
    public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
        return parse(objects.postgresql()) instanceof Parsed.Ok ok ? Optional.of(ok.profile()) : Optional.empty();
    }

    @Override
    public Optional<Profile> intersect(Profile snapshot, Profile offered) {
        SortedMap<String, SortedSet<String>> both = new TreeMap<>();
        for (Map.Entry<String, SortedSet<String>> asked :
                ((Tables) snapshot).columns().entrySet()) {
            SortedSet<String> now = ((Tables) offered).columns().get(asked.getKey());
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
        return both.isEmpty() ? Optional.empty() : Optional.of(new Tables(((Tables) snapshot).schema(), both));
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
