package dev.portcullis.platform.postgresql.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Who has a session on the server now: that is shown to everybody. */
final class SessionQuery {
    private static final String SQL = "SELECT DISTINCT usename FROM pg_stat_activity WHERE usename IS NOT NULL";

    private SessionQuery() {}

    static Set<String> run(Connection connection) throws SQLException {
        return Set.copyOf(Query.rows(connection, SQL, row -> row.getString("usename")));
    }
}
