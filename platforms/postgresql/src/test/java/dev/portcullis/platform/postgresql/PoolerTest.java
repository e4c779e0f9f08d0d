package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Scope;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Behind PgBouncer in transaction mode: each transaction may have another connection to the server. */
class PoolerTest {
    private Shop direct;
    private PgBouncer pooler;
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        direct = Shop.fresh();
        pooler = PgBouncer.start();
        shop = through(pooler, Shop.OWNER);
    }

    @AfterEach
    void close() throws Exception {
        direct.close();
        if (pooler != null) {
            shop.close();
            pooler.close();
        }
    }

    private static Shop through(PgBouncer pooler, Owner owner) {
        PostgresqlServer it = Shop.server("portcullis");
        return Shop.as(
                owner,
                new PostgresqlServer(
                        "127.0.0.1", pooler.port(), it.database(), it.role(), it.sslMode(), null, it.credentials()),
                "portcullis_login");
    }

    @Test
    void deniedAllowedDenied() throws Exception {
        assertThat(readOrders("taylor")).isEqualTo("42501");

        Shop.Comparison granted = shop.compare(orders("taylor"));
        assertThat(granted.failures()).isEmpty();
        assertThat(granted.again().changes()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(shop.session.server()).isEqualTo(direct.session.server());

        shop.compare(Set.of());
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    @Test
    void driftIsMended() {
        shop.compare(orders("taylor"));
        run(
                "postgres",
                "REVOKE " + shop.role() + " FROM taylor GRANTED BY portcullis",
                "GRANT " + shop.role() + " TO sam");
        run("shop", "SET ROLE shop_owner", "GRANT SELECT ON sales.internal TO " + shop.role());

        Shop.Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("sam")).isEqualTo("42501");
        assertThat(EmbeddedServer.read("taylor", "shop", "SELECT * FROM sales.internal"))
                .isEqualTo("42501");
    }

    /** Statements that the driver keeps on a connection would be on another one the next time. */
    @Test
    void severalOfUsTakeTurnsOnTheConnections() throws Exception {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (String installation : List.of("a", "b", "c")) {
            running.add(CompletableFuture.runAsync(() -> {
                try (Shop one = through(pooler, new Owner(installation, "x"))) {
                    for (int i = 0; i < 8; i++) {
                        assertThat(one.compare(orders("taylor", "quinn")).failures())
                                .isEmpty();
                        assertThat(one.compare(Set.of()).failures()).isEmpty();
                    }
                }
            }));
        }
        for (CompletableFuture<Void> one : running) {
            one.get();
        }
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'portcullis\\_%\\_%'"))
                .containsExactly("0");
    }

    @Test
    void whoeverGetsTheConnectionNextFindsNothingOfOurs() throws Exception {
        shop.compare(orders("taylor"));
        shop.close();

        for (int i = 0; i < 3; i++) {
            try (Connection next = asAnybody();
                    Statement statement = next.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT current_user = session_user, current_setting('search_path'), current_setting('lock_timeout'),"
                                    + " current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout'),"
                                    + " (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')")) {
                row.next();
                assertThat(List.of(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7)))
                        .containsExactly("t", "\"$user\", public", "0", "0", "0", "0", "0");
            }
        }
    }

    private Connection asAnybody() throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {pooler.port()});
        source.setDatabaseName("shop");
        source.setUser("portcullis_login");
        source.setPassword(PgBouncer.PASSWORD);
        source.setPrepareThreshold(0);
        source.setAssumeMinServerVersion("12");
        return source.getConnection();
    }

    @Test
    void amongHundredsOfChangesALockDelaysNobody() throws Exception {
        List<String> logins = new ArrayList<>();
        Set<Entitlement> everybody = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            logins.add("CREATE ROLE person_" + i + " LOGIN");
            for (int port = 0; port < 3; port++) {
                everybody.add(Shop.entitlement(
                        new PortId("uid-" + port, "checkout", "port-" + port), Shop.ORDERS, "person_" + i));
            }
        }
        run("postgres", logins.toArray(String[]::new));
        assertThat(shop.compare(everybody).failures()).isEmpty();
        Set<Entitlement> wanted = entitlements(Shop.OTHER_PORT, Shop.ORDERS_AND_ITEMS, "taylor");
        try (Connection migration = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("GRANT SELECT ON sales.order_items TO sam");
            Instant start = Instant.now();

            shop.compare(wanted);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(
                            query(
                                    "postgres",
                                    "SELECT count(*) FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member WHERE p.rolname LIKE 'person%'"))
                    .containsExactly("0");
            migration.rollback();
        }
        assertThat(shop.compare(wanted).again().changes()).isEmpty();
    }

    /** By its name a write transaction of a process that died is known; the pooler calls the connection something else. */
    @Test
    void aTransactionHasOurNameWhateverThePoolerCallsTheConnection() throws Exception {
        shop.compare(orders("quinn"));
        try (Connection blocker = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SET ROLE shop_owner");
            statement.execute("GRANT SELECT ON sales.orders TO sam");
            CompletableFuture<Shop.Comparison> comparing = CompletableFuture.supplyAsync(() ->
                    shop.compare(both(orders("taylor"), entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "riley"))));
            await().until(() -> !waiting().isEmpty());

            waiting().forEach(pid -> query("postgres", "SELECT pg_terminate_backend(" + pid + ")"));

            ExecutionException failure = catchThrowableOfType(ExecutionException.class, comparing::get);
            assertThat(failure).as("a killed server connection is an outage").hasMessageContaining("Unreachable");
            blocker.rollback();
        }
        Shop.Comparison healed =
                shop.compare(both(orders("taylor"), entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "riley")));
        assertThat(healed.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    private static List<String> waiting() {
        return query(
                "postgres",
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'portcullis' AND wait_event_type = 'Lock'");
    }

    @Test
    void aPoolerThatIsStartedAnewIsAnOutageInBetween() throws Exception {
        shop.compare(orders("taylor", "quinn"));
        pooler.kill();

        PlatformUnavailableException e = catchThrowableOfType(
                PlatformUnavailableException.class,
                () -> shop.session.observe(new Scope.Everything(), orders("taylor")));
        assertThat(e.reason()).isEqualTo(Reason.Unreachable);

        pooler.restart();
        shop.close();
        shop = through(pooler, Shop.OWNER);
        assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    @Test
    void aWrongPasswordIsALoginThatIsRefused() throws Exception {
        PostgresqlServer it = Shop.server("portcullis");
        PostgresqlServer server = new PostgresqlServer(
                "127.0.0.1", pooler.port(), it.database(), it.role(), it.sslMode(), null, it.credentials());
        try (Shop stranger = Shop.as(Shop.OWNER, server, "stranger")) {
            PlatformUnavailableException e =
                    catchThrowableOfType(PlatformUnavailableException.class, stranger.session::server);
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.LoginRefused);
        }
    }

    @Test
    void aDatabaseThatThePoolerDoesNotHaveIsNoOutage() throws Exception {
        run("postgres", "CREATE DATABASE hidden OWNER shop_owner");
        PgBouncer narrow = PgBouncer.start("shop = " + PgBouncer.embedded(), "postgres = " + PgBouncer.embedded());
        try (narrow;
                Shop one = through(narrow, Shop.OWNER)) {
            Shop.Comparison comparison = one.compare(both(
                    orders("taylor"),
                    entitlements(Shop.OTHER_PORT, Shop.profile("hidden", "sales", "orders"), "taylor")));

            assertThat(comparison.plan().refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.message()).contains("the pooler has no such database"));
            assertThat(readOrders("taylor")).isEqualTo("ok");
        }
    }

    /** Roles are a server's, so one DataPlatform is one server; what is on another is not touched. */
    @Test
    void databasesOfAnotherServerBehindThePoolerAreNotTouched() throws Exception {
        try (EmbeddedPostgres second = EmbeddedPostgres.builder().start()) {
            try (Connection connection = second.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE portcullis NOLOGIN CREATEROLE");
                statement.execute("CREATE ROLE portcullis_login LOGIN IN ROLE portcullis");
                statement.execute("CREATE DATABASE shop");
            }
            PgBouncer two = PgBouncer.start(
                    "shop = host=127.0.0.1 port=" + second.getPort(), "postgres = " + PgBouncer.embedded());
            try (two;
                    Shop mixed = through(two, Shop.OWNER)) {
                PlatformUnavailableException e = mixed.session
                        .observe(new Scope.Everything(), orders("taylor"))
                        .outage()
                        .orElseThrow();
                assertThat(e.reason()).isEqualTo(Reason.ServerChanged);
            }
        }
    }
}
