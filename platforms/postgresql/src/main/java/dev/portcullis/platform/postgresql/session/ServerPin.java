package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.PlatformUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds a session to one server. Every transaction begins with one message that also asks which server it is, so that it is the very one that the rest of the
 * transaction goes to: a failover, a DNS change, a pooler that was pointed elsewhere, or databases of one pooler that lie on several servers are noticed before
 * anything is read or written. It costs no round trip.
 *
 * <p>The right to read the identity is given database by database. Where it is missing in the first one, the server has none ({@code ""}), and only each
 * database's own answers are compared with each other; as soon as an answer changes, also from one to none, it counts as another server's.
 */
final class ServerPin {
    /** The right to call a function is checked when a statement begins, so one statement cannot ask for it and call it. */
    private static final String ASK_FOR_IDENTITY = "SELECT system_identifier::text FROM pg_control_system()";

    private static final String ASK_FOR_RIGHT =
            "SELECT CASE WHEN has_function_privilege('pg_control_system()', 'EXECUTE') THEN 'readable' ELSE '' END";

    private static final String NOT_ALLOWED = "42501";

    private final String first;
    private final Failures failures;
    private final Map<String, String> answers = new HashMap<>();

    ServerPin(String first, Failures failures) {
        this.first = first;
        this.failures = failures;
    }

    /** The identity of the session's server; empty while it has none that may be read. */
    String identity() {
        return answers.getOrDefault(first, "");
    }

    /**
     * Begins a transaction.
     *
     * @param settings what it begins with, as one or more statements; what they answer does not matter
     * @throws PlatformUnavailableException when it is on another server than the session's
     * @throws DatabaseRefusedException when it cannot be told which server the database is on
     */
    void begin(Connection connection, String database, String settings)
            throws SQLException, PlatformUnavailableException, DatabaseRefusedException {
        boolean readable = !"".equals(answers.get(database));
        String answer;
        try {
            answer = ask(connection, settings + "; " + (readable ? ASK_FOR_IDENTITY : ASK_FOR_RIGHT));
        } catch (SQLException e) {
            if (!readable || !NOT_ALLOWED.equals(Failures.state(e))) {
                throw e;
            }
            // of the settings, or of the question: without the question it is clear
            connection.rollback();
            answer = ask(connection, settings + "; " + ASK_FOR_RIGHT);
            if (!answer.isEmpty()) {
                throw e;
            }
        }
        meet(database, answer);
    }

    private void meet(String database, String answer) throws PlatformUnavailableException, DatabaseRefusedException {
        String before = answers.putIfAbsent(database, answer);
        if (before != null && !before.equals(answer)) {
            throw failures.serverChanged();
        }
        if (identity().isEmpty() || identity().equals(answer)) {
            return;
        }
        if (answer.isEmpty()) {
            throw new DatabaseRefusedException(
                    "it cannot be told whether it is on the same server; run there as a superuser: GRANT EXECUTE ON FUNCTION"
                            + " pg_control_system() TO PUBLIC;");
        }
        throw failures.serverChanged();
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String last = null;
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    try (ResultSet answer = statement.getResultSet()) {
                        answer.next();
                        last = answer.getString(1);
                    }
                }
                rows = statement.getMoreResults();
            }
            if (last == null) {
                throw new IllegalStateException("the last statement gives a row: " + sql);
            }
            return last;
        }
    }
}
