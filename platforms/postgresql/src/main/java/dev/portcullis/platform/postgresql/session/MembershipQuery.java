package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.Reach;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** All memberships in roles of ours and of roles of ours, but for the operator's own rows, which creating a role gives it. */
final class MembershipQuery {
    private static final String SQL = """
            SELECT m.roleid::bigint AS role_oid, m.member::bigint AS member_oid,
                   role.rolname AS role, member.rolname AS member, pg_get_userbyid(m.grantor) AS grantor,
                   coalesce(pg_has_role(m.grantor, 'USAGE'), false) AS ours, m.admin_option,
                   <options>
            FROM pg_auth_members m
            JOIN pg_roles role ON role.oid = m.roleid
            JOIN pg_roles member ON member.oid = m.member
            JOIN pg_roles self ON self.rolname = current_user
            WHERE (m.roleid = ANY (?::text[]::oid[]) OR m.member = ANY (?::text[]::oid[]))
              AND member.rolname <> current_user
            ORDER BY role.rolname, member.rolname, m.grantor
            """;

    private static final String PER_GRANTOR = "false AS in_reach, m.inherit_option, m.set_option";

    /** There the grantor is not looked at, and may even have been dropped. */
    private static final String PER_MEMBER =
            "NOT role.rolsuper OR self.rolsuper AS in_reach, member.rolinherit AS inherit_option, true AS set_option";

    private MembershipQuery() {}

    /** One membership. */
    record Row(long roleOid, long memberOid, Membership membership) {}

    static List<Row> run(Connection connection, Dialect dialect, Collection<String> oids) throws SQLException {
        return Query.rows(
                connection,
                SQL.replace("<options>", dialect.hasMembershipsPerGrantor() ? PER_GRANTOR : PER_MEMBER),
                row -> new Row(
                        row.getLong("role_oid"),
                        row.getLong("member_oid"),
                        new Membership(
                                row.getString("role"),
                                row.getString("member"),
                                row.getString("grantor"),
                                reach(row, dialect),
                                row.getBoolean("admin_option"),
                                row.getBoolean("inherit_option"),
                                row.getBoolean("set_option"))),
                oids,
                oids);
    }

    private static Reach reach(ResultSet row, Dialect dialect) throws SQLException {
        boolean ours = row.getBoolean("ours");
        if (dialect.hasMembershipsPerGrantor()) {
            return ours ? Reach.OURS : Reach.FOREIGN;
        }
        if (!row.getBoolean("in_reach")) {
            return Reach.FOREIGN;
        }
        return ours ? Reach.OURS : Reach.OTHERS;
    }
}
