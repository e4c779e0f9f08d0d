package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The COMMIT of an operator process that is gone may land after its successor has begun to read. */
class LateCommitTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        run("postgres", "CREATE ROLE portcullis_before LOGIN NOINHERIT", "GRANT portcullis TO portcullis_before");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** A transaction as an operator process begins it. */
    private static Connection write(String login, String... statements) throws SQLException {
        Connection connection = EmbeddedServer.connect(login, "postgres");
        execute(connection, "SET application_name = 'portcullis'");
        connection.setAutoCommit(false);
        for (String sql : statements) {
            execute(connection, sql);
        }
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String grant(String member) {
        return Dialect.of(EmbeddedServer.VERSION * 10000).membership(shop.role(), member);
    }

    /** Also after the login in the Secret was changed. */
    @ParameterizedTest
    @ValueSource(strings = {"portcullis_login", "portcullis_before"})
    void whatIsCommittedLateIsSeen(String login) throws Exception {
        shop.compare(orders("quinn"));
        try (Connection before = write(login, "SET LOCAL ROLE portcullis", grant("taylor"))) {
            CompletableFuture<Comparison> comparing =
                    CompletableFuture.supplyAsync(() -> shop.compare(orders("quinn")));
            await().during(Duration.ofMillis(500)).until(() -> !comparing.isDone());
            before.commit();

            assertThat(comparing.get().sql())
                    .first()
                    .asString()
                    .contains("REVOKE \"" + shop.role() + "\" FROM \"taylor\"");
        }
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    @Test
    void whileItStaysOpenThePlatformIsUnavailable() throws Exception {
        shop.compare(orders("quinn"));
        try (Connection before = write("portcullis_login", "SET LOCAL ROLE portcullis", grant("taylor"))) {
            PlatformUnavailableException e = catchThrowableOfType(
                    PlatformUnavailableException.class,
                    () -> shop.session.observe(new Scope.Everything(), orders("quinn")));

            assertThat(e.reason()).isEqualTo(Reason.ServerError);
            assertThat(e).hasMessageContaining("still open").hasMessageContaining("pg_terminate_backend(");
            before.rollback();
        }
        assertThat(shop.compare(orders("quinn")).sql()).isEmpty();
    }

    /** Two platforms, or two installations, may have one login: somebody is always writing, but never the same transaction for long. */
    @Test
    void whoeverWritesInShortTransactionsMakesNothingUnavailable() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (Connection one = write("portcullis_login");
                Connection two = write("portcullis_login")) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> takeTurns(one, two, enough));
            try {
                await().until(() -> writing.isDone()
                        || !query(
                                        "postgres",
                                        "SELECT FROM pg_stat_activity WHERE application_name = 'portcullis' AND backend_xid IS NOT NULL")
                                .isEmpty());
                for (String principal : List.of("taylor", "quinn", "sam")) {
                    shop.compare(orders(principal));
                    assertThat(readOrders(principal)).isEqualTo("ok");
                }
            } finally {
                enough.set(true);
            }
            writing.get();
        }
    }

    private static void takeTurns(Connection one, Connection two, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                execute(one, "SELECT pg_current_xact_id(), pg_sleep(0.1)");
                two.commit();
                execute(two, "SELECT pg_current_xact_id(), pg_sleep(0.1)");
                one.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStrangerWhoCallsItselfPortcullisIsNotWaitedFor() throws Exception {
        try (Connection stranger = write("taylor", "CREATE TEMPORARY TABLE mine (id int)")) {
            assertThat(shop.compare(orders("quinn")).failures()).isEmpty();
            assertThat(readOrders("quinn")).isEqualTo("ok");
            stranger.rollback();
        }
    }
}
