package dev.portcullis.platform.postgresql.session;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.postgresql.sql.Literal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions on the databases of one server, each begun the same way. */
final class Transactions implements AutoCloseable {
    static final int STATEMENT_SECONDS = 60;

    /** What an operator leaves open whose node vanished is ended by the server: its locks would block every revoke on the same role. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private static final int LOCK_SECONDS = 5;
    private static final int OWN_LOCK_MILLIS = 500;

    /** How often a database that was lost has to answer to pass for well. */
    private static final int TRIES = 3;

    /** Nothing that a user of the database can create must be found before the system's own. */
    private static final String SEARCH_PATH = "pg_catalog, pg_temp";

    /**
     * A client that vanished is noticed within half a minute too: the server ignores what of the keepalives its system cannot do, so they never fail. The name, by which
     * {@link OpenWrites} knows a transaction, is set in it: a pooler may have called the connection something else. That something could not be granted is a warning, which a database's owner
     * may have switched off.
     */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "search_path",
            SEARCH_PATH,
            "lock_timeout",
            LOCK_SECONDS + "s",
            "statement_timeout",
            STATEMENT_SECONDS + "s",
            "idle_in_transaction_session_timeout",
            IDLE.toSeconds() + "s",
            "tcp_keepalives_idle",
            "10",
            "tcp_keepalives_interval",
            "5",
            "tcp_keepalives_count",
            "3",
            "client_min_messages",
            "warning",
            "application_name",
            DataSources.APPLICATION_NAME));

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /** One key for every Portcullis, whatever its platform; each database has its own lock of it. Two GRANTs on one table at a time fail with XX000, whoever makes them. */
    private static final long LOCK = 0x706f727463756c6cL;

    /** Something to do in a transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final PostgresqlServer server;
    private final Pools pools;
    private final Failures failures;
    private final ServerPin pin;
    private final String settings;

    Transactions(PostgresqlServer server, Credentials credentials) {
        this.server = server;
        this.pools = new Pools(new DataSources(server, credentials));
        this.failures = new Failures(server, credentials.username());
        this.pin = new ServerPin(server.database(), failures);
        this.settings = settings(server.role());
    }

    Failures failures() {
        return failures;
    }

    /** What tells the server from others; known from the first transaction on, and empty where it may not be read. */
    String identity() {
        return pin.identity();
    }

    /** The database where the operator connects first. */
    String first() {
        return server.database();
    }

    /** Reads the catalogue as of one moment. */
    <T> T read(String database, Work<T> work) throws PlatformUnavailableException, DatabaseRefusedException {
        try (Connection connection = connect(database)) {
            begin(connection, database, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; ");
            return work.run(connection);
        } catch (SQLException e) {
            // what is in one database shall not be the outage of all
            boolean isItsOwn = !database.equals(first()) && failures.outage(e).isEmpty();
            if (isItsOwn || Failures.isDataError(e)) {
                throw new DatabaseRefusedException("its catalogue could not be read: " + Failures.sentence(e));
            }
            refuseIfAlone(database, e);
            throw lost(database, e, failures.reading(e));
        }
    }

    /** What a database's owner can do to every connection to it shall not be the outage of all either. */
    private void refuseIfAlone(String database, SQLException failure) throws DatabaseRefusedException {
        if (database.equals(first()) || !Failures.isCutOff(failure)) {
            return;
        }
        pools.discard(database);
        // some connections may last long enough
        if (answers(first()) && !IntStream.range(0, TRIES).allMatch(times -> answers(database))) {
            throw new DatabaseRefusedException(
                    "no connection to it lasts, while the server is there: " + Failures.sentence(failure));
        }
    }

    private boolean answers(String database) {
        try (Connection connection = pools.connect(database)) {
            pin.begin(connection, database, settings);
            connection.rollback();
            return true;
        } catch (SQLException | PlatformUnavailableException | DatabaseRefusedException e) {
            LOG.debug("database {} does not answer", database, e);
            return false;
        }
    }

    /**
     * Writes, all or nothing.
     *
     * @throws SQLException when a statement failed and the platform is still there
     */
    void write(String database, Work<?> work)
            throws PlatformUnavailableException, DatabaseRefusedException, SQLException {
        try (Connection connection = connect(database)) {
            begin(connection, database, "");
            lock(connection);
            try {
                work.run(connection);
                connection.commit();
            } catch (SQLException e) {
                if (!database.equals(first()) && Failures.isReadOnly(e)) {
                    rollback(database, connection);
                    throw new DatabaseRefusedException(
                            failures.refusalInDatabase(e).orElseThrow());
                }
                Optional<PlatformUnavailableException> outage = failures.outage(e);
                if (outage.isPresent()) {
                    refuseIfAlone(database, e);
                    throw lost(database, e, outage.get());
                }
                rollback(database, connection);
                throw e;
            }
        }
    }

    private void rollback(String database, Connection connection) throws PlatformUnavailableException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw lost(database, e, failures.reading(e));
        }
    }

    private Connection connect(String database) throws PlatformUnavailableException, DatabaseRefusedException {
        try {
            return pools.connect(database);
        } catch (SQLException e) {
            if (!database.equals(server.database())) {
                String refusal = failures.refusalOfDatabase(e, database).orElse("");
                if (!refusal.isEmpty()) {
                    throw new DatabaseRefusedException(refusal);
                }
            }
            refuseIfAlone(database, e);
            throw failures.connecting(e);
        }
    }

    private void begin(Connection connection, String database, String mode)
            throws PlatformUnavailableException, DatabaseRefusedException {
        try {
            pin.begin(connection, database, mode + settings);
        } catch (SQLException e) {
            Optional<String> refusal = database.equals(first()) ? Optional.empty() : failures.refusalInDatabase(e);
            if (refusal.isPresent()) {
                throw new DatabaseRefusedException("no transaction begins there as it should: " + refusal.get());
            }
            refuseIfAlone(database, e);
            throw failures.beginning(e);
        }
    }

    /** One statement for all: settings are the larger half of what a short transaction asks of a server. */
    private static String settings(@Nullable String role) {
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        if (role != null) {
            all.put("role", role);
        }
        return all.entrySet().stream()
                .map(setting -> "pg_catalog.set_config(" + Literal.quote(setting.getKey()) + ", "
                        + Literal.quote(setting.getValue()) + ", true)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    /**
     * Waits for others of ours, but not for long: any login may hold an advisory lock, and nobody shall be able to put off a revoke with it.
     * What then goes wrong with concurrent GRANTs is tried again.
     */
    private void lock(Connection connection) throws PlatformUnavailableException {
        try {
            if (isLockFree(connection)) {
                return;
            }
            execute(
                    connection,
                    "SAVEPOINT unlocked; SET LOCAL lock_timeout = '" + OWN_LOCK_MILLIS
                            + "ms'; SELECT pg_advisory_xact_lock(" + LOCK + ")");
            execute(connection, "SET LOCAL lock_timeout = '" + LOCK_SECONDS + "s'");
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw failures.beginning(e);
            }
            LOG.warn("somebody holds the advisory lock {} for long; going on without it", LOCK);
            goOnWithout(connection);
        }
    }

    private static boolean isLockFree(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + LOCK + ")")) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private void goOnWithout(Connection connection) throws PlatformUnavailableException {
        try {
            execute(connection, "ROLLBACK TO SAVEPOINT unlocked");
        } catch (SQLException e) {
            throw failures.beginning(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private PlatformUnavailableException lost(
            String database, SQLException failure, PlatformUnavailableException meaning) {
        if (failures.outage(failure).isPresent()) {
            pools.discard(database);
        }
        return meaning;
    }

    @Override
    public void close() {
        pools.close();
    }
}
