package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.state.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** All memberships in roles of ours and of roles of ours, but for the operator's own rows, which creating a role gives it. */
final class MembershipQuery {
    private static final String SQL = """
            SELECT m.roleid::bigint AS role_oid, m.member::bigint AS member_oid,
                   role.rolname AS role, member.rolname AS member, grantor.rolname AS grantor,
                   pg_has_role(m.grantor, 'USAGE') AS revocable,
                   m.admin_option, m.inherit_option, m.set_option
            FROM pg_auth_members m
            JOIN pg_roles role ON role.oid = m.roleid
            JOIN pg_roles member ON member.oid = m.member
            JOIN pg_roles grantor ON grantor.oid = m.grantor
            WHERE (m.roleid = ANY (?::text[]::oid[]) OR m.member = ANY (?::text[]::oid[]))
              AND member.rolname <> current_user
            ORDER BY role.rolname, member.rolname, grantor.rolname
            """;

    private MembershipQuery() {}

    /** One membership. */
    record Row(long roleOid, long memberOid, Membership membership) {}

    static List<Row> run(Connection connection, Collection<String> oids) throws SQLException {
        return Query.rows(
                connection,
                SQL,
                row -> new Row(
                        row.getLong("role_oid"),
                        row.getLong("member_oid"),
                        new Membership(
                                row.getString("role"),
                                row.getString("member"),
                                row.getString("grantor"),
                                row.getBoolean("revocable"),
                                row.getBoolean("admin_option"),
                                row.getBoolean("inherit_option"),
                                row.getBoolean("set_option"))),
                oids,
                oids);
    }
}
