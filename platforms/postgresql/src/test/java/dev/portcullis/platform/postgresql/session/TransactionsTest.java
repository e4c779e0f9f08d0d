package dev.portcullis.platform.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.postgresql.EmbeddedServer;
import dev.portcullis.platform.postgresql.Shop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How transactions begin, and how they end when nobody ends them. */
class TransactionsTest {
    private Shop shop;
    private Transactions transactions;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        transactions = new Transactions(
                Shop.server("portcullis"), new Credentials("portcullis_login", "not-checked", Optional.empty()));
    }

    @AfterEach
    void close() {
        transactions.close();
        shop.close();
    }

    @Test
    void beginWithLimitsOnTheServer() throws Exception {
        List<String> written = new ArrayList<>();

        transactions.write("postgres", connection -> written.addAll(limits(connection)));

        assertThat(written).containsExactly(Transactions.IDLE.toSeconds() + "s", "10", "5", "3");
        assertThat(transactions.read("postgres", TransactionsTest::limits)).isEqualTo(written);
    }

    private static List<String> limits(Connection connection) throws SQLException {
        List<String> limits = new ArrayList<>();
        for (String name : List.of(
                "idle_in_transaction_session_timeout",
                "tcp_keepalives_idle",
                "tcp_keepalives_interval",
                "tcp_keepalives_count")) {
            limits.addAll(Query.rows(connection, "SELECT current_setting(?)", row -> row.getString(1), name));
        }
        return limits;
    }

    @Test
    void theServerEndsWhatIsLeftIdleAndTheNextOneWorks() throws Exception {
        PlatformUnavailableException lost = catchThrowableOfType(
                PlatformUnavailableException.class,
                () -> transactions.write("postgres", connection -> {
                    String pid = Query.rows(connection, "SELECT pg_backend_pid()", row -> row.getString(1))
                            .get(0);
                    execute(connection, "CREATE ROLE half_done");
                    execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '100ms'");
                    await().until(() -> EmbeddedServer.query(
                                    "postgres", "SELECT FROM pg_stat_activity WHERE pid = " + pid)
                            .isEmpty());
                    execute(connection, "CREATE ROLE done");
                    return connection;
                }));

        assertThat(lost.reason()).isEqualTo(Reason.Unreachable);
        transactions.write("postgres", connection -> {
            execute(connection, "CREATE ROLE half_done");
            return connection;
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
