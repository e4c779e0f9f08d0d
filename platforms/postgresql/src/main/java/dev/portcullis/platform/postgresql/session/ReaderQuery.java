package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.way.Reader;
import dev.portcullis.platform.postgresql.way.WayJudge.Use;
import dev.portcullis.platform.postgresql.way.WayJudge.Uses;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who can read tables of one database, besides roles of ours; and who can use their schemas. */
final class ReaderQuery {
    private static final String READERS = """
            WITH wanted AS MATERIALIZED (SELECT oid FROM unnest(?::text[]::oid[]) oid),
            ours AS MATERIALIZED (SELECT oid FROM unnest(?::text[]::oid[]) oid),
            entries AS (
              SELECT c.oid, NULL::text AS attname, e.grantee, e.grantor, c.relowner
              FROM wanted w JOIN pg_class c ON c.oid = w.oid CROSS JOIN LATERAL aclexplode(c.relacl) e
              WHERE e.privilege_type = 'SELECT'
              UNION ALL
              SELECT a.attrelid, a.attname::text, e.grantee, e.grantor, c.relowner
              FROM wanted w JOIN pg_class c ON c.oid = w.oid
              JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
              CROSS JOIN LATERAL aclexplode(a.attacl) e
              WHERE e.privilege_type = 'SELECT')
            SELECT e.oid::bigint AS oid, e.attname, e.grantee::bigint AS role, pg_get_userbyid(e.grantor)::text AS grantor
            FROM entries e LEFT JOIN ours ON ours.oid = e.grantee
            WHERE ours.oid IS NULL AND e.grantee <> e.relowner
            UNION ALL
            SELECT c.oid::bigint, NULL, c.relowner::bigint, NULL FROM wanted w JOIN pg_class c ON c.oid = w.oid
            """;

    private static final String USES = """
            SELECT w.role::bigint AS role, w.schema, has_schema_privilege(w.role, n.oid, 'USAGE') AS uses,
                   has_database_privilege(w.role, d.oid, 'CONNECT') AS connects
            FROM unnest(?::text[]::oid[], ?::text[]) AS w (role, schema)
            JOIN pg_namespace n ON n.nspname = w.schema::name
            JOIN pg_database d ON d.datname = current_database()
            """;

    private ReaderQuery() {}

    /**
     * @param tables by their OIDs
     * @param ours OIDs of the roles that do not count
     */
    static List<Reader> readers(Connection connection, Map<Long, SqlObject.Table> tables, Collection<Long> ours)
            throws SQLException {
        return Query.rows(
                connection,
                READERS,
                row -> new Reader(
                        Optional.ofNullable(tables.get(row.getLong("oid"))).orElseThrow(),
                        Optional.ofNullable(row.getString("attname")),
                        row.getLong("role"),
                        Optional.ofNullable(row.getString("grantor"))),
                Query.texts(tables.keySet()),
                Query.texts(ours));
    }

    static Uses uses(Connection connection, Collection<Use> questions) throws SQLException {
        Set<Use> schemas = new HashSet<>();
        Set<Use> database = new HashSet<>();
        if (questions.isEmpty()) {
            return new Uses(schemas, database);
        }
        Query.rows(
                connection,
                USES,
                row -> {
                    Use use = new Use(row.getLong("role"), row.getString("schema"));
                    if (row.getBoolean("uses")) {
                        schemas.add(use);
                    }
                    if (row.getBoolean("connects")) {
                        database.add(use);
                    }
                    return use;
                },
                questions.stream().map(use -> String.valueOf(use.role())).toList(),
                questions.stream().map(Use::schema).toList());
        return new Uses(schemas, database);
    }
}
