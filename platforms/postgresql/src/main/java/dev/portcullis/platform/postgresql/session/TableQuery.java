package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.filter.ColumnType;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.TableColumns;
import dev.portcullis.platform.postgresql.view.TableFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tables are made of that filters are to be applied to. */
final class TableQuery {
    /** A type and a collation of a column a, as texts that differ where they do. */
    static final String SHOWN = """
            format_type(a.atttypid, a.atttypmod)
                         || CASE WHEN l.oid IS NULL OR l.oid = t.typcollation THEN ''
                                 ELSE ' COLLATE ' || quote_ident((SELECT nspname FROM pg_namespace WHERE oid = l.collnamespace))
                                      || '.' || quote_ident(l.collname) END""";

    private static final String SQL = """
            SELECT w.schema, w.tab, c.oid::bigint AS table_oid, c.relkind, c.relrowsecurity,
                   coalesce((SELECT o.option_value::bool FROM pg_options_to_table(c.reloptions) o
                             WHERE o.option_name = 'security_invoker'), false) AS invoker,
                   a.attname, a.attnum, <shown> AS shown,
                   CASE WHEN b.typtype = 'b' AND b.typnamespace = 'pg_catalog'::regnamespace
                             AND coalesce(l.collisdeterministic, true)
                        THEN b.typname END AS type,
                   has_column_privilege(c.oid, a.attnum, 'SELECT WITH GRANT OPTION') AND <no view of ours> AS grantable
            FROM unnest(?::text[], ?::text[]) AS w (schema, tab)
            JOIN pg_namespace n ON n.nspname = w.schema::name
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.tab::name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            CROSS JOIN LATERAL (
              WITH RECURSIVE base AS (
                SELECT t.oid, t.typname, t.typnamespace, t.typtype, t.typbasetype
                UNION ALL
                SELECT o.oid, o.typname, o.typnamespace, o.typtype, o.typbasetype
                FROM base JOIN pg_type o ON o.oid = base.typbasetype WHERE base.typtype = 'd')
              SELECT * FROM base WHERE typtype <> 'd' LIMIT 1) b
            """;

    private static final TableColumns NO_COLUMNS = new TableColumns(List.of());

    private TableQuery() {}

    private record Row(SqlObject.Table table, TableFacts facts) {}

    static Map<SqlObject.Table, TableFacts> run(
            Connection connection, String database, Collection<PostgresqlProfile> profiles) throws SQLException {
        Set<SqlObject.Table> tables = new LinkedHashSet<>();
        profiles.forEach(profile -> profile.tables()
                .keySet()
                .forEach(name -> tables.add(new SqlObject.Table(database, profile.schema(), name))));
        Set<String> names = new LinkedHashSet<>();
        tables.forEach(table -> names.addAll(List.of(table.schema(), table.name())));
        Set<String> possible = Spelling.possible(connection, names);
        List<SqlObject.Table> there = tables.stream()
                .filter(table -> possible.contains(table.schema()) && possible.contains(table.name()))
                .toList();
        if (there.isEmpty()) {
            return Map.of();
        }
        Map<SqlObject.Table, List<TableFacts.Column>> columns = new HashMap<>();
        List<Row> rows = Query.rows(
                connection,
                SQL.replace("<shown>", SHOWN).replace("<no view of ours>", ObjectQuery.NO_VIEW_OF_OURS),
                row -> {
                    SqlObject.Table table =
                            new SqlObject.Table(database, row.getString("schema"), row.getString("tab"));
                    columns.computeIfAbsent(table, key -> new ArrayList<>())
                            .add(new TableFacts.Column(
                                    row.getString("attname"),
                                    row.getInt("attnum"),
                                    row.getString("shown"),
                                    Optional.ofNullable(row.getString("type")).flatMap(ColumnType::of),
                                    row.getBoolean("grantable")));
                    return new Row(
                            table,
                            new TableFacts(
                                    row.getLong("table_oid"),
                                    row.getString("relkind").equals("f"),
                                    row.getBoolean("invoker"),
                                    row.getBoolean("relrowsecurity"),
                                    NO_COLUMNS));
                },
                there.stream().map(SqlObject.Table::schema).toList(),
                there.stream().map(SqlObject.Table::name).toList());
        Map<SqlObject.Table, TableFacts> facts = new HashMap<>();
        rows.forEach(row -> facts.computeIfAbsent(
                row.table(),
                key -> new TableFacts(
                        row.facts().number(),
                        row.facts().foreign(),
                        row.facts().invoker(),
                        row.facts().rowSecurity(),
                        new TableColumns(columns.getOrDefault(key, List.of())))));
        return facts;
    }
}
