package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The columns of tables, as many as there are now. */
final class ColumnQuery {
    private static final String SQL = """
            SELECT a.attrelid::bigint AS oid, array_agg(a.attname::text) AS columns
            FROM pg_attribute a
            WHERE a.attrelid = ANY (?::text[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
            GROUP BY a.attrelid
            """;

    private ColumnQuery() {}

    /** @param tables by their OIDs */
    static Map<SqlObject.Table, Set<String>> run(Connection connection, Map<Long, SqlObject.Table> tables)
            throws SQLException {
        Map<SqlObject.Table, Set<String>> columns = new HashMap<>();
        Query.rows(
                connection,
                SQL,
                row -> columns.put(tables.get(row.getLong("oid")), Set.copyOf(Query.array(row, "columns"))),
                Query.texts(tables.keySet()));
        return columns;
    }
}
