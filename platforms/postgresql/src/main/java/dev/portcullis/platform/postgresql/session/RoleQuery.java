package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.state.Attributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** All roles that have a mark or our kind of name, whosever they are, and those that the operator's role granted to somebody. */
final class RoleQuery {
    /** {@code pg_has_role} with ADMIN OPTION goes through all roles of the operator for each one it is asked of; what is asked here it remembers. */
    private static final String SQL = """
            SELECT r.oid::bigint AS oid, r.rolname, left(d.description, <longest>) AS description,
                   r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls,
                   (<administered>) AND (NOT r.rolsuper OR self.rolsuper) AS administered,
                   <created> AS created_by_us, <usable> AS usable,
                   r.oid IN (SELECT m.roleid FROM pg_auth_members m JOIN pg_roles s ON s.oid = m.grantor
                             WHERE s.rolname = current_user AND m.member <> s.oid) AS granted_by_us
            FROM pg_roles r
            JOIN pg_roles self ON self.rolname = current_user
            LEFT JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
            WHERE starts_with(d.description, ?) OR starts_with(r.rolname, ?)
               OR r.oid IN (SELECT m.roleid FROM pg_auth_members m JOIN pg_roles s ON s.oid = m.grantor
                            WHERE s.rolname = current_user AND m.member <> s.oid)
            ORDER BY r.oid
            """;

    private static final String ADMINISTERED =
            "self.rolsuper OR r.oid IN (SELECT m.roleid FROM pg_auth_members m WHERE m.admin_option AND pg_has_role(m.member, 'MEMBER'))";
    private static final String CREATED = """
            EXISTS (SELECT FROM pg_auth_members m
                           WHERE m.roleid = r.oid AND m.member = self.oid AND m.admin_option <by the server>)""";

    /**
     * Since 16 the one who creates a role has ADMIN by a grant of the superuser that the server was made with, whose number is fixed. Any other grant is by somebody who made the role, and
     * goes on to have it.
     */
    private static final String BY_THE_SERVER = "AND m.grantor = 10";

    /** Only asked of roles that own views. */
    private static final String USABLE = "CASE WHEN d.description LIKE '% views' THEN <can be> ELSE false END";

    /** What others let us inherit is their business. */
    private static final String CAN_BE = """
            pg_has_role(r.oid, 'SET') AND NOT EXISTS (SELECT FROM pg_auth_members m
                WHERE m.roleid = r.oid AND m.member = self.oid AND m.grantor = self.oid AND m.inherit_option)""";

    private RoleQuery() {}

    /**
     * One role.
     *
     * @param usable of one that owns views: whether we can become it, and since 16 have none of its privileges without that
     */
    record Row(
            long oid,
            String name,
            Optional<String> comment,
            Attributes attributes,
            boolean administered,
            boolean createdByUs,
            boolean grantedByUs,
            boolean usable) {
        Optional<Mark> mark() {
            return comment.flatMap(Mark::parse);
        }
    }

    static List<Row> run(Connection connection, Dialect dialect) throws SQLException {
        return Query.rows(
                connection,
                sql(dialect),
                row -> new Row(
                        row.getLong("oid"),
                        row.getString("rolname"),
                        Optional.ofNullable(row.getString("description")),
                        attributes(row),
                        row.getBoolean("administered"),
                        row.getBoolean("created_by_us"),
                        row.getBoolean("granted_by_us"),
                        row.getBoolean("usable")),
                Mark.PREFIX,
                RoleName.PREFIX);
    }

    /** Below 16, CREATEROLE is power over every role that is no superuser, and nothing tells who created one. */
    private static String sql(Dialect dialect) {
        boolean options = dialect.hasMembershipsPerGrantor();
        // one more than any mark of ours, so that a longer one does not pass for one
        return SQL.replace("<longest>", String.valueOf(Mark.LONGEST + 1))
                .replace("<administered>", options ? ADMINISTERED : ADMINISTERED + " OR self.rolcreaterole")
                .replace("<created>", options ? CREATED : "true")
                .replace("<by the server>", options ? BY_THE_SERVER : "")
                .replace("<usable>", USABLE.replace("<can be>", options ? CAN_BE : "pg_has_role(r.oid, 'USAGE')"));
    }

    static Attributes attributes(ResultSet row) throws SQLException {
        return new Attributes(
                row.getBoolean("rolcanlogin"),
                row.getBoolean("rolsuper"),
                row.getBoolean("rolcreaterole"),
                row.getBoolean("rolcreatedb"),
                row.getBoolean("rolreplication"),
                row.getBoolean("rolbypassrls"));
    }
}
