package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.ObservedView.Grantee;
import dev.portcullis.platform.postgresql.view.Served;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in the schema of the views of one database. Nothing of it is executed or planned. */
final class ViewQuery {
    /**
     * A view and its comment are written by one change, so that their rows have one transaction in common for as long as nobody changes either: whoever puts
     * another view in its place leaves a trace there.
     */
    private static final String SQL = """
            SELECT pg_get_userbyid(n.nspowner) AS schema_owner,
                   has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION') AS usable,
                   has_schema_privilege(n.oid, 'CREATE WITH GRANT OPTION') AS creatable,
                   c.relname, c.relkind, pg_get_userbyid(c.relowner) AS owner, left(d.description, <longest>) AS description,
                   coalesce(c.reloptions = ARRAY['security_barrier=true'], false) AS barrier,
                   (SELECT count(*) = 1 AND bool_and(r.rulename = '_RETURN' AND r.xmin = d.xmin)
                    FROM pg_rewrite r WHERE r.ev_class = c.oid) AS untouched,
                   EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN')
                     OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS more,
                   ARRAY(SELECT '"' || replace(a.attname, '"', '""') || '" ' || <shown>
                         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
                         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT DISTINCT CASE WHEN e.privilege_type = 'SELECT' AND NOT e.is_grantable THEN 'r' ELSE 'x' END
                                         || CASE WHEN e.grantee = 0 THEN '' ELSE pg_get_userbyid(e.grantee)::text END
                         FROM (SELECT c.relacl AS acl
                               UNION ALL SELECT a.attacl FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL) l
                         CROSS JOIN LATERAL aclexplode(l.acl) e WHERE e.grantee <> c.relowner ORDER BY 1) AS grantees
            FROM pg_namespace n
            LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind NOT IN ('i', 'I', 't')
            LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
            WHERE n.nspname = ?
            """;

    private final String database;
    private final Map<SqlObject.Table, ObservedView> views = new HashMap<>();
    private final Set<SqlObject.Schema> schemas = new HashSet<>();
    private final Map<SqlObject, ObjectFacts> facts = new HashMap<>();

    private ViewQuery(String database) {
        this.database = database;
    }

    static ViewQuery run(Connection connection, String database) throws SQLException {
        ViewQuery query = new ViewQuery(database);
        Query.rows(
                connection,
                SQL.replace("<longest>", String.valueOf(Mark.LONGEST + 1)).replace("<shown>", TableQuery.SHOWN),
                query::read,
                Served.SCHEMA);
        return query;
    }

    Map<SqlObject.Table, ObservedView> views() {
        return views;
    }

    /** The schema, where the operator may let roles make views there and use them. */
    Set<SqlObject.Schema> schemas() {
        return schemas;
    }

    /** The schema as something that is granted on. */
    Map<SqlObject, ObjectFacts> facts() {
        return facts;
    }

    private ViewQuery read(ResultSet row) throws SQLException {
        SqlObject.Schema schema = Served.schema(database);
        boolean usable = row.getBoolean("usable");
        facts.put(schema, new ObjectFacts(row.getString("schema_owner"), usable));
        if (usable && row.getBoolean("creatable")) {
            schemas.add(schema);
        }
        String name = row.getString("relname");
        if (name != null) {
            SqlObject.Table view = new SqlObject.Table(database, Served.SCHEMA, name);
            List<Grantee> grantees = Query.array(row, "grantees").stream()
                    .map(text -> new Grantee(text.substring(1), text.charAt(0) == 'r'))
                    .toList();
            views.put(
                    view,
                    new ObservedView(
                            view,
                            row.getString("owner"),
                            row.getString("relkind").equals("v"),
                            row.getBoolean("barrier"),
                            row.getBoolean("untouched"),
                            row.getBoolean("more"),
                            Optional.ofNullable(row.getString("description")),
                            Query.array(row, "columns"),
                            grantees));
        }
        return this;
    }
}
