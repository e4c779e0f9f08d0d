package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes changes in their order: as many as possible in one transaction, and where one fails, in halves until it is alone. */
final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final int BATCH = 200;

    /** What another transaction caused: tuple concurrently updated, deadlock, serialization failure. */
    private static final Set<String> WORTH_A_SECOND_TRY = Set.of("XX000", "40P01", "40001");

    private final Transactions transactions;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, Outcome.Refused> incompleteRoles = new HashMap<>();

    Executor(Transactions transactions) {
        this.transactions = transactions;
    }

    List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
        List<PostgresqlChange> batch = new ArrayList<>();
        for (Change change : changes) {
            if (!(change instanceof PostgresqlChange next)) {
                throw new IllegalArgumentException("not a change of PostgreSQL: " + change.getClass());
            }
            if (!batch.isEmpty()
                    && (batch.size() == BATCH || !where(batch.get(0)).equals(where(next)))) {
                run(batch);
                batch = new ArrayList<>();
            }
            batch.add(next);
        }
        run(batch);
        return results;
    }

    private void run(List<PostgresqlChange> changes) throws PlatformUnavailableException {
        List<PostgresqlChange> possible = withoutHalves(changes);
        if (possible.isEmpty()) {
            return;
        }
        try {
            write(possible);
            possible.forEach(change -> results.add(new Result(change, new Outcome.Applied())));
        } catch (DatabaseRefusedException e) {
            possible.forEach(change -> refuse(
                    change,
                    new Outcome.Refused(
                            Reason.ObjectNotFound,
                            "database " + where(change) + " cannot be connected to: " + e.getMessage())));
        } catch (SQLException e) {
            if (possible.size() == 1) {
                alone(possible.get(0), e);
            } else {
                int half = possible.size() / 2;
                run(possible.subList(0, half));
                run(possible.subList(half, possible.size()));
            }
        }
    }

    /** Members are not added to a role that lacks something of its profile: nobody gets a half. */
    private List<PostgresqlChange> withoutHalves(List<PostgresqlChange> changes) {
        List<PostgresqlChange> whole = new ArrayList<>();
        for (PostgresqlChange change : changes) {
            Outcome.Refused missing = incompleteRoles.get(change.role());
            boolean addsMember = change instanceof GrantMembership || change instanceof ResetMembership;
            if (missing != null && addsMember) {
                results.add(new Result(change, missing));
            } else {
                whole.add(change);
            }
        }
        return whole;
    }

    private void alone(PostgresqlChange change, SQLException failure) throws PlatformUnavailableException {
        SQLException last = failure;
        if (WORTH_A_SECOND_TRY.contains(Failures.state(failure))) {
            try {
                write(List.of(change));
                results.add(new Result(change, new Outcome.Applied()));
                return;
            } catch (SQLException again) {
                last = again;
            } catch (DatabaseRefusedException e) {
                LOG.debug("database refused at the second try", e);
            }
        }
        if (Refusals.alreadyGone(change, last)) {
            results.add(new Result(change, new Outcome.Applied()));
        } else {
            refuse(change, Refusals.of(change, last));
        }
    }

    private void refuse(PostgresqlChange change, Outcome.Refused refused) {
        LOG.debug("refused: {}: {}", change.describe(), refused.message());
        results.add(new Result(change, refused));
        if (change.prerequisite()) {
            incompleteRoles.putIfAbsent(change.role(), refused);
        }
    }

    private void write(List<PostgresqlChange> changes)
            throws PlatformUnavailableException, DatabaseRefusedException, SQLException {
        transactions.write(where(changes.get(0)), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                for (PostgresqlChange change : changes) {
                    for (String sql : change.statements()) {
                        statement.execute(sql);
                        failOnWarning(statement);
                    }
                }
            }
            return connection;
        });
    }

    /** A GRANT of what we may not pass on is only a warning for the server. */
    private static void failOnWarning(Statement statement) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            if ("01007".equals(warning.getSQLState())) {
                throw new SQLException(warning.getMessage(), "01007");
            }
        }
        statement.clearWarnings();
    }

    private String where(PostgresqlChange change) {
        return change.database().orElse(transactions.first());
    }
}
