package dev.portcullis.cli.adopt;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Tables of one schema that a port offers.
 *
 * @param namespace of the provider
 * @param name of the port
 * @param tables by name, with their columns; no columns: the whole table
 */
record Offer(
        String namespace,
        String name,
        String product,
        String database,
        String schema,
        SortedMap<String, SortedSet<String>> tables) {
    boolean has(SqlObject.Table table) {
        return table.inDatabase().equals(database) && table.schema().equals(schema) && tables.containsKey(table.name());
    }
}
