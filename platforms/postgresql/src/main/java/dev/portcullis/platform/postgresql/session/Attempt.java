package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.change.Bundle;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Makes changes in a transaction that has begun, in one message to the server and in as few statements as they take together ({@link Bundle}). Those that fail together are tried
 * by halves, until it is known which one fails: it takes no other with it.
 */
final class Attempt implements AutoCloseable {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String GRANTED_LESS = "01007";

    private final Statement statement;
    private final Patience patience;
    private final Failures failures;

    /** Roles that could not be made ours, and why: what comes after it in the same transaction is not done to a role of that name. */
    private final Map<String, SQLException> notMade = new HashMap<>();

    /** Which savepoint is the latest: each has a name of its own, so that one which was not made is not taken for the one before. */
    private int savepoint = 1;

    /** Whether something was done since. */
    private boolean isAhead;

    Attempt(Connection connection, Patience patience, Failures failures) throws SQLException {
        this.patience = patience;
        this.failures = failures;
        statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        statement.execute(patience.asSetting() + "; SAVEPOINT " + latest());
    }

    /**
     * @param told of each change, with what the server said against it
     * @throws SQLException where the transaction is lost
     */
    void all(List<PostgresqlChange> changes, BiConsumer<PostgresqlChange, Optional<SQLException>> told)
            throws SQLException {
        List<PostgresqlChange> possible = new ArrayList<>();
        for (PostgresqlChange change : changes) {
            SQLException notOurs = notMade.get(change.role());
            if (notOurs == null) {
                possible.add(change);
            } else {
                told.accept(change, Optional.of(notOurs));
            }
        }
        if (!possible.isEmpty()) {
            allPossible(possible, told);
        }
    }

    private void allPossible(List<PostgresqlChange> changes, BiConsumer<PostgresqlChange, Optional<SQLException>> told)
            throws SQLException {
        Optional<SQLException> failure = together(changes);
        if (failure.isPresent() && changes.size() > 1) {
            int half = changes.size() / 2;
            all(changes.subList(0, half), told);
            all(changes.subList(half, changes.size()), told);
        } else {
            failure.ifPresent(why -> changes.stream()
                    .filter(PostgresqlChange::makesItOurs)
                    .forEach(change -> notMade.put(change.role(), why)));
            changes.forEach(change -> told.accept(change, failure));
        }
    }

    /** One message to the server. */
    private Optional<SQLException> together(List<PostgresqlChange> changes) throws SQLException {
        String renewal = isAhead ? renewal() : "";
        try {
            statement.execute(Bundle.of(changes).stream()
                    .flatMap(bundle -> bundle.statements().stream())
                    .collect(Collectors.joining("; ", renewal, "")));
            failOnWarning();
            isAhead = true;
            return Optional.empty();
        } catch (SQLException e) {
            if (!Failures.isOfOneStatement(e) && failures.outage(e).isPresent()) {
                throw e;
            }
            goOn(e);
            return Optional.of(e);
        }
    }

    private String renewal() {
        String before = latest();
        savepoint++;
        return "RELEASE SAVEPOINT " + before + "; SAVEPOINT " + latest() + "; ";
    }

    private String latest() {
        return "change_" + savepoint;
    }

    /** Back to before what failed. Where the savepoint itself is what failed this fails too, and the transaction with it. */
    private void goOn(SQLException failure) throws SQLException {
        if (LOCK_NOT_AVAILABLE.equals(Failures.state(failure))) {
            patience.wasInVain();
        }
        // how long to wait was set after the savepoint, or is another now
        statement.execute("ROLLBACK TO SAVEPOINT " + latest() + "; " + patience.asSetting());
        statement.clearWarnings();
        isAhead = false;
    }

    /** A GRANT of what we may not pass on is only a warning for the server. */
    private void failOnWarning() throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            if (GRANTED_LESS.equals(warning.getSQLState())) {
                throw new SQLException(warning.getMessage(), GRANTED_LESS);
            }
        }
        statement.clearWarnings();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
