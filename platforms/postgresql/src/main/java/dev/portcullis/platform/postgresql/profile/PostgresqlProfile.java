package dev.portcullis.platform.postgresql.profile;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.PostgresqlObjects;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tables of one schema, each whole or some of its columns. Made by {@link ProfileParser}, which lets only possible names through.
 *
 * @param database the database
 * @param schema the schema
 * @param tables by name, sorted, so that two spellings of one set are equal
 */
public record PostgresqlProfile(String database, String schema, SortedMap<String, Selection> tables)
        implements Profile {
    public PostgresqlProfile {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    @Override
    public String canonical() {
        return "postgresql/1 " + quote(database) + '.' + quote(schema)
                + tables.entrySet().stream()
                        .map(table ->
                                " " + quote(table.getKey()) + table.getValue().canonical(Identifier::quote))
                        .collect(Collectors.joining());
    }

    @Override
    public SnapshotObjects toSnapshot() {
        List<Table> list = tables.entrySet().stream()
                .map(table -> new Table(table.getKey(), table.getValue().toList()))
                .toList();
        return new SnapshotObjects(new PostgresqlObjects(database, schema, list, List.of()), null);
    }

    /** What is in both; empty where nothing is. */
    public Optional<PostgresqlProfile> intersect(PostgresqlProfile other) {
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
        return both.isEmpty() ? Optional.empty() : Optional.of(new PostgresqlProfile(database, schema, both));
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
