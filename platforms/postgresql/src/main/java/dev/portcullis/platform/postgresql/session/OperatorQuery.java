package dev.portcullis.platform.postgresql.session;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import java.sql.Connection;
import java.sql.SQLException;

/** Who the operator is on the server, and whether that is enough. */
final class OperatorQuery {
    private static final String SQL = """
            SELECT current_user, session_user, r.rolsuper, r.rolcreaterole,
                   r.rolsuper OR pg_has_role('pg_signal_backend', 'USAGE') AS signals,
                   (SELECT rolname FROM pg_roles WHERE oid = 10) AS first_superuser,
                   current_setting('server_version') AS version,
                   current_setting('server_version_num')::int AS version_number,
                   pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS read_only
            FROM pg_roles r WHERE r.rolname = current_user
            """;

    private OperatorQuery() {}

    /** What the query says. */
    record Facts(
            OperatorRole role,
            boolean superuser,
            boolean createRole,
            String version,
            int versionNumber,
            boolean readOnly) {
        /** As people write versions: without what a distribution adds. */
        String shortVersion() {
            int end = version.indexOf(' ');
            return end < 0 ? version : version.substring(0, end);
        }
    }

    static Facts run(Connection connection) throws SQLException {
        return Query.rows(connection, SQL, row -> {
                    String name = row.getString("current_user");
                    boolean superuser = row.getBoolean("rolsuper");
                    return new Facts(
                            new OperatorRole(
                                    name,
                                    row.getString("session_user"),
                                    superuser ? row.getString("first_superuser") : name,
                                    Dialect.of(row.getInt("version_number")),
                                    row.getBoolean("signals")),
                            superuser,
                            row.getBoolean("rolcreaterole"),
                            row.getString("version"),
                            row.getInt("version_number"),
                            row.getBoolean("read_only"));
                })
                .get(0);
    }

    /** Refuses to go on where nothing could be done well. */
    static void check(Facts facts, Failures failures) throws PlatformUnavailableException {
        if (facts.versionNumber() < Dialect.OLDEST) {
            throw new PlatformUnavailableException(
                    Reason.ServerError,
                    "the server is PostgreSQL " + facts.shortVersion()
                            + ": this version of Portcullis needs 14 or later");
        }
        if (facts.readOnly()) {
            throw failures.readOnly();
        }
        if (!facts.superuser() && !facts.createRole()) {
            String role = quote(facts.role().name());
            throw new PlatformUnavailableException(
                    Reason.NotPrivileged,
                    "role " + role + " may not create roles; run: ALTER ROLE " + role + " CREATEROLE;");
        }
    }
}
