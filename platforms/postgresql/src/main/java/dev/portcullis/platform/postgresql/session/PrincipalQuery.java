package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Those of the wanted principals that exist. */
final class PrincipalQuery {
    /** Who has only the ADMIN option on a login, as its creator does since 16, has none of its access. */
    private static final String SQL = """
            SELECT r.rolname,
                   r.rolinherit, r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls,
                   EXISTS (SELECT FROM pg_auth_members m
                           WHERE m.roleid = r.oid AND (<gives>)) AS shared
            FROM pg_roles r WHERE r.rolname = ANY (?::text[]::name[])
            """;

    private PrincipalQuery() {}

    static List<ObservedPrincipal> run(Connection connection, Dialect dialect, Collection<String> names)
            throws SQLException {
        return Query.rows(
                connection,
                SQL.replace(
                        "<gives>", dialect.hasMembershipsPerGrantor() ? "m.inherit_option OR m.set_option" : "true"),
                row -> new ObservedPrincipal(
                        row.getString("rolname"),
                        RoleQuery.attributes(row),
                        row.getBoolean("shared"),
                        row.getBoolean("rolinherit")),
                Spelling.possible(connection, names));
    }
}
