package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Exposed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What PUBLIC may do in schemas, of each kind no more than a person would read. */
final class ExposureQuery {
    /** What a trigger calls cannot be called otherwise. A function without an access list may be executed by PUBLIC. */
    private static final String SQL = """
            WITH schemas AS MATERIALIZED (
              SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY (?::text[]::name[])),
            routines AS (
              SELECT s.nspname, p.oid, p.proowner,
                     row_number() OVER (PARTITION BY s.oid ORDER BY p.proname, p.oid) AS nth
              FROM schemas s JOIN pg_proc p ON p.pronamespace = s.oid
              WHERE p.prosecdef AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
                AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) e
                                                 WHERE e.grantee = 0 AND e.privilege_type = 'EXECUTE'))),
            relations AS (
              SELECT s.nspname, c.relname, row_number() OVER (PARTITION BY s.oid ORDER BY c.relname) AS nth
              FROM schemas s JOIN pg_class c ON c.relnamespace = s.oid
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND (EXISTS (SELECT FROM aclexplode(c.relacl) e WHERE e.grantee = 0 AND e.privilege_type = 'SELECT')
                  OR EXISTS (SELECT FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) e
                             WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
                               AND e.grantee = 0 AND e.privilege_type = 'SELECT')))
            SELECT nspname, oid::regprocedure::text AS name, pg_get_userbyid(proowner)::text AS owner
            FROM routines WHERE nth <= 100
            UNION ALL SELECT nspname, relname::text, NULL FROM relations WHERE nth <= 300
            ORDER BY 1, 2
            """;

    private ExposureQuery() {}

    static Map<SqlObject.Schema, Exposed> run(Connection connection, String database, Collection<String> schemas)
            throws SQLException {
        Map<String, List<Exposed.Routine>> routines = new HashMap<>();
        Map<String, List<String>> relations = new HashMap<>();
        Query.rows(
                connection,
                SQL,
                row -> row.getString("owner") == null
                        ? relations
                                .computeIfAbsent(row.getString("nspname"), key -> new ArrayList<>())
                                .add(row.getString("name"))
                        : routines.computeIfAbsent(row.getString("nspname"), key -> new ArrayList<>())
                                .add(new Exposed.Routine(row.getString("name"), row.getString("owner"))),
                schemas);
        Map<SqlObject.Schema, Exposed> exposed = new HashMap<>();
        schemas.forEach(schema -> exposed.put(
                new SqlObject.Schema(database, schema),
                new Exposed(routines.getOrDefault(schema, List.of()), relations.getOrDefault(schema, List.of()))));
        return exposed;
    }
}
