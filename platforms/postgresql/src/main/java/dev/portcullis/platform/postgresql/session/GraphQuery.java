package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.way.Edge;
import dev.portcullis.platform.postgresql.way.RoleGraph;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who can act as whom, beginning with some logins and leaving out what Portcullis granted. */
final class GraphQuery {
    private static final Logger LOG = LoggerFactory.getLogger(GraphQuery.class);

    /** Memberships of so many are no graph that anybody looks through; whoever can make roles can make as many as they like. */
    private static final int MOST = 200_000;

    /**
     * Roles marked for this installation, of whatever platform, that we administer: anybody may write our mark on a role of their own, and it explains nothing
     * there. Below 16, and as a superuser, we administer without a row that says so. The rows are read, since pg_has_role goes through all of them for each role:
     * with 2,000 roles that took more than a second.
     */
    private static final String EXPLAINED = """
            SELECT d.objoid::bigint AS oid
            FROM pg_shdescription d CROSS JOIN (SELECT oid, rolsuper FROM pg_roles WHERE rolname = current_user) self
            WHERE d.classoid = 'pg_authid'::regclass AND starts_with(d.description, ?)
              AND (self.rolsuper OR current_setting('server_version_num')::int < 160000
                   OR d.objoid IN (SELECT m.roleid FROM pg_auth_members m
                                   WHERE m.admin_option AND m.member = (SELECT oid FROM pg_roles WHERE rolname = current_user)))
            """;

    /** The options are columns since 16, so they are read by name from the row as JSON; below, the member says whether it inherits. */
    private static final String EDGES = """
            WITH RECURSIVE explained AS MATERIALIZED (SELECT oid FROM unnest(?::text[]::oid[]) oid),
            reached (oid) AS (
              SELECT oid FROM pg_roles WHERE rolname = ANY (?::text[]::name[])
              UNION
              SELECT m.roleid FROM reached r JOIN pg_auth_members m ON m.member = r.oid
              WHERE m.roleid NOT IN (SELECT oid FROM explained))
            SELECT m.member::bigint AS member, m.roleid::bigint AS role,
                   CASE WHEN to_jsonb(m) ->> 'set_option' IS NOT NULL THEN pg_get_userbyid(m.grantor) END AS grantor, m.admin_option,
                   coalesce((to_jsonb(m) ->> 'inherit_option')::bool, r.rolinherit) AS inherit_option,
                   coalesce((to_jsonb(m) ->> 'set_option')::bool, true) AS set_option
            FROM reached JOIN pg_auth_members m ON m.member = reached.oid JOIN pg_roles r ON r.oid = m.member
            WHERE m.roleid NOT IN (SELECT oid FROM explained)
            LIMIT ?
            """;

    private static final String NODES = """
            SELECT oid::bigint AS oid, rolname, rolsuper FROM pg_roles
            WHERE oid = ANY (?::text[]::oid[]) OR rolname = ANY (?::text[]::name[])
               OR rolname = 'pg_database_owner'
            """;

    private GraphQuery() {}

    static List<Long> explained(Connection connection, String installation) throws SQLException {
        return Query.rows(connection, EXPLAINED, row -> row.getLong("oid"), Mark.prefix(installation));
    }

    /** The graph; empty where it is too large. */
    static Optional<RoleGraph> run(Connection connection, Collection<Long> explained, Collection<String> logins)
            throws SQLException {
        List<Edge> edges = Query.rows(
                connection,
                EDGES,
                row -> new Edge(
                        row.getLong("member"),
                        row.getLong("role"),
                        Optional.ofNullable(row.getString("grantor")),
                        row.getBoolean("inherit_option"),
                        row.getBoolean("set_option"),
                        row.getBoolean("admin_option")),
                Query.texts(explained),
                logins,
                MOST);
        if (edges.size() == MOST) {
            LOG.warn("more than {} memberships: nobody is told what else they can read", MOST);
            return Optional.empty();
        }
        Set<Long> oids = new HashSet<>();
        edges.forEach(edge -> oids.add(edge.role()));
        List<RoleGraph.Node> nodes = Query.rows(
                connection,
                NODES,
                row -> new RoleGraph.Node(row.getLong("oid"), row.getString("rolname"), row.getBoolean("rolsuper")),
                Query.texts(oids),
                logins);
        return Optional.of(new RoleGraph(nodes, edges));
    }
}
