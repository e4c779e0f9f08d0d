package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Beneath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is read when tables and views are, as far as the right to read them is not all it takes: relations with row level security, and all that views are made
 * of. A materialized view is read as it was stored: what is beneath it does not matter.
 *
 * <p>Before 15 no view has the option security_invoker, so the same query tells the truth there.
 */
final class BeneathQuery {
    /**
     * Views can be made so that they are beneath each other in millions of ways, and each of them can need 1,600 columns: of so many no more is read than this,
     * only what stands in somebody's way, and of the columns no more than a hundred. Policies ask whether somebody has the privileges of their roles, so USAGE is
     * the question.
     */
    private static final String SQL = """
            WITH RECURSIVE beneath (top, via, rel) AS (
              SELECT oid, NULL::oid, oid FROM unnest(?::text[]::oid[]) oid
              UNION
              SELECT b.top, b.rel, d.refobjid
              FROM beneath b
              JOIN pg_class v ON v.oid = b.rel AND v.relkind = 'v'
              JOIN pg_rewrite r ON r.ev_class = v.oid AND r.ev_type = '1'
              JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                              AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid),
            walked AS MATERIALIZED (SELECT * FROM beneath LIMIT 20000),
            steps AS MATERIALIZED (
              SELECT b.top, b.via, b.rel, n.nspname, c.relname, pg_get_userbyid(c.relowner) AS owner,
                     vn.nspname AS view_schema, v.relname AS view, v.relowner, pg_get_userbyid(v.relowner) AS view_owner,
                     coalesce(o.invoker, false) AS invoker,
                     v.oid IS NOT NULL AND has_any_column_privilege(v.relowner, c.oid, 'SELECT') AS owner_reads,
                     EXISTS (SELECT FROM aclexplode(c.relacl) e
                             WHERE e.grantee = 0 AND e.privilege_type = 'SELECT') AS open,
                     c.relrowsecurity AND (v.oid IS NULL OR coalesce(o.invoker, false)
                       OR NOT (vo.rolsuper OR vo.rolbypassrls
                               OR (pg_has_role(v.relowner, c.relowner, 'USAGE') AND NOT c.relforcerowsecurity)))
                       AS guarded
              FROM walked b
              JOIN pg_class c ON c.oid = b.rel AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_class v ON v.oid = b.via
              LEFT JOIN pg_namespace vn ON vn.oid = v.relnamespace
              LEFT JOIN pg_roles vo ON vo.oid = v.relowner
              LEFT JOIN LATERAL (SELECT option_value::boolean AS invoker FROM pg_options_to_table(v.reloptions)
                                 WHERE option_name = 'security_invoker') o ON true
              WHERE c.relrowsecurity OR v.oid IS NOT NULL),
            hindrances AS MATERIALIZED (
              SELECT * FROM steps
              WHERE guarded OR (view IS NOT NULL AND CASE WHEN invoker THEN NOT open ELSE NOT owner_reads END)
              LIMIT 5000)
            SELECT h.top::bigint AS top, h.nspname, h.relname, h.owner, h.view_schema, h.view, h.view_owner, h.invoker,
                   h.owner_reads, h.open,
                   -- each column stands there once; of more than can be listed, nothing is said
                   (SELECT CASE WHEN count(*) <= 100 THEN array_agg(x.attname) END
                    FROM (SELECT a.attname::text AS attname
                          FROM pg_rewrite r
                          JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                                          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = h.rel
                          JOIN pg_attribute a ON a.attrelid = h.rel AND a.attnum = d.refobjsubid AND a.attnum > 0
                          WHERE h.invoker AND r.ev_class = h.via AND r.ev_type = '1'
                          LIMIT 101) x) AS columns,
                   h.guarded,
                   coalesce(p.for_everybody, false) AS for_everybody, coalesce(p.for_owner, false) AS for_owner, p.roles
            FROM hindrances h
            LEFT JOIN LATERAL (
              SELECT bool_or(role = 0) AS for_everybody,
                     bool_or(CASE WHEN role = 0 THEN true ELSE pg_has_role(h.relowner, role, 'USAGE') END) AS for_owner,
                     (array_agg(DISTINCT pg_get_userbyid(role)::text) FILTER (WHERE role <> 0))[1:100] AS roles
              FROM pg_policy, unnest(polroles) role
              WHERE polrelid = h.rel AND polpermissive AND polcmd IN ('r', '*')) p ON h.guarded
            """;

    private final String database;
    private final Map<Long, SqlObject.Table> tables;
    private final Map<SqlObject.Table, List<Beneath>> found = new HashMap<>();

    private BeneathQuery(String database, Map<Long, SqlObject.Table> tables) {
        this.database = database;
        this.tables = tables;
    }

    /** @param tables by their OIDs */
    static Map<SqlObject.Table, List<Beneath>> run(
            Connection connection, String database, Map<Long, SqlObject.Table> tables) throws SQLException {
        BeneathQuery query = new BeneathQuery(database, tables);
        Query.rows(connection, SQL, query::read, Query.texts(tables.keySet()));
        return query.found;
    }

    private BeneathQuery read(ResultSet row) throws SQLException {
        SqlObject.Table top = tables.get(row.getLong("top"));
        found.computeIfAbsent(top, key -> new ArrayList<>())
                .add(new Beneath(
                        new SqlObject.Table(database, row.getString("nspname"), row.getString("relname")),
                        row.getString("owner"),
                        by(row),
                        Set.copyOf(Query.array(row, "columns")),
                        row.getBoolean("open"),
                        new Beneath.Rows(
                                row.getBoolean("guarded"),
                                row.getBoolean("for_everybody"),
                                row.getBoolean("for_owner"),
                                Query.array(row, "roles"))));
        return this;
    }

    private Optional<Beneath.By> by(ResultSet row) throws SQLException {
        String view = row.getString("view");
        return view == null
                ? Optional.empty()
                : Optional.of(new Beneath.By(
                        new SqlObject.Table(database, row.getString("view_schema"), view),
                        row.getBoolean("invoker"),
                        row.getString("view_owner"),
                        row.getBoolean("owner_reads")));
    }
}
