package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.EndSessions;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cannot be used, connections that die, changes that fail. */
class OutageTest {
    private static final Dialect DIALECT = Dialect.of(EmbeddedServer.VERSION * 10000);
    private static final Mark MARK = Mark.of(Shop.OWNER, Shop.PORT);

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static PlatformUnavailableException unavailable(Shop shop) {
        PlatformUnavailableException byServer =
                catchThrowableOfType(PlatformUnavailableException.class, () -> shop.session.server());
        PlatformUnavailableException byObserve = catchThrowableOfType(
                PlatformUnavailableException.class, () -> shop.session.observe(new Scope.Everything(), Set.of()));
        assertThat(byServer).hasMessage(byObserve.getMessage()).hasMessageNotContaining("jdbc:");
        assertThat(byServer.reason()).isEqualTo(byObserve.reason());
        return byServer;
    }

    @Test
    void saysWhatServerItIs() throws Exception {
        assertThat(shop.session.server().version()).startsWith(EmbeddedServer.VERSION + ".");
        assertThat(shop.session.server().identity())
                .isEqualTo(query("postgres", "SELECT system_identifier FROM pg_control_system()")
                        .get(0));
    }

    @Test
    void withoutThePrivilegeToCreateRoles() {
        run("postgres", "ALTER ROLE portcullis NOCREATEROLE");
        PlatformUnavailableException e = unavailable(shop);
        assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.NotPrivileged);
        assertThat(e).hasMessageContaining("ALTER ROLE \"portcullis\" CREATEROLE;");
    }

    @Test
    void withoutTheRole() {
        run("postgres", "REVOKE portcullis FROM portcullis_login");
        PlatformUnavailableException e = unavailable(shop);
        assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.NotPrivileged);
        assertThat(e).hasMessageContaining("GRANT \"portcullis\" TO \"portcullis_login\";");
        run("postgres", "GRANT portcullis TO portcullis_login");
        assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
    }

    @Test
    void aReadOnlyServer() {
        run("postgres", "ALTER ROLE portcullis_login SET default_transaction_read_only = on");
        PlatformUnavailableException e = unavailable(shop);
        assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.ReadOnly);
        assertThat(e).hasMessageContaining("read-only");
    }

    @Test
    void aLoginThatDoesNotExist() {
        try (Shop stranger = Shop.as(Shop.OWNER, Shop.server(null), "s3cret")) {
            PlatformUnavailableException e = unavailable(stranger);
            assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.LoginRefused);
            assertThat(e)
                    .hasMessageContaining("portcullis-system/warehouse-admin")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aFirstDatabaseThatDoesNotExist() {
        PostgresqlServer it = Shop.server("portcullis");
        PostgresqlServer other =
                new PostgresqlServer(it.host(), it.port(), "nowhere", it.role(), it.sslMode(), null, it.credentials());
        try (Shop lost = Shop.as(Shop.OWNER, other, "portcullis_login")) {
            PlatformUnavailableException e = unavailable(lost);
            assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.ServerError);
            assertThat(e).hasMessageContaining("nowhere").hasMessageContaining("spec.postgresql.database");
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int free;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        PostgresqlServer it = Shop.server("portcullis");
        PostgresqlServer other =
                new PostgresqlServer(it.host(), free, it.database(), it.role(), it.sslMode(), null, it.credentials());
        try (Shop lost = Shop.as(Shop.OWNER, other, "portcullis_login")) {
            assertThat(unavailable(lost).reason()).isEqualTo(PlatformUnavailableException.Reason.Unreachable);
        }
    }

    @Test
    void aLoginWithoutARoleToSet() {
        run("postgres", "CREATE ROLE alone LOGIN CREATEROLE");
        run(
                "shop",
                "SET ROLE shop_owner",
                "GRANT CONNECT ON DATABASE shop TO alone WITH GRANT OPTION",
                "GRANT USAGE ON SCHEMA sales TO alone WITH GRANT OPTION",
                "GRANT SELECT ON sales.orders TO alone WITH GRANT OPTION");
        try (Shop alone = Shop.as(Shop.OWNER, Shop.server(null), "alone")) {
            assertThat(alone.compare(orders("taylor")).failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");
            alone.compare(Set.of());
            assertThat(readOrders("taylor")).isEqualTo("42501");
        }
    }

    @Test
    void aSuperuserWorksToo() {
        List<String> before = catalogue("shop");
        try (Shop all = Shop.as(Shop.OWNER, Shop.server(null), EmbeddedServer.SUPERUSER)) {
            Shop.Comparison comparison = all.compare(orders("taylor"));
            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.again().changes()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");
            all.compare(Set.of());
            assertThat(catalogue("shop")).isEqualTo(before);
        }
    }

    @Test
    void aConnectionThatIsKilledMidwayHeals() throws Exception {
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
            assertThat(failure).hasMessageContaining("Unreachable");
            blocker.rollback();
        }
        Shop.Comparison healed =
                shop.compare(both(orders("taylor"), entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "riley")));

        assertThat(healed.failures()).isEmpty();
        assertThat(healed.again().changes()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("riley")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    private static List<String> waiting() {
        return query(
                "postgres",
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'portcullis' AND wait_event_type = 'Lock'");
    }

    @Test
    void aDatabaseWithoutAFreeConnectionIsNoOutageOfOthers() throws Exception {
        shop.compare(orders("taylor"));
        try (Shop late = withoutFreeConnections();
                Connection last = EmbeddedServer.connect("taylor", "shop")) {
            Comparison comparison = late.compare(both(orders("taylor"), orders("quinn")));

            assertThat(comparison.plan().refusals())
                    .anySatisfy(refusal -> assertThat(refusal.message())
                            .contains("too many connections for database", "CONNECTION LIMIT"));
            assertThat(last.isValid(1)).isTrue();
        }
    }

    /** Else whoever can connect could put off the end of their own access. */
    @Test
    void aDatabaseWithoutAFreeConnectionPutsOffNoRevokeOfAMembership() throws Exception {
        shop.compare(orders("taylor", "quinn"));
        try (Shop late = withoutFreeConnections();
                Connection last = EmbeddedServer.connect("quinn", "shop")) {
            late.compare(orders("taylor"));

            assertThat(last.isValid(1)).isTrue();
        }
        assertThat(members(shop.role())).containsExactly("taylor");
    }

    /** Whoever owns a database can draw our looks to it, and decides how it treats who connects. */
    @ParameterizedTest
    @ValueSource(
            strings = {"CONNECTION LIMIT 0", "SET statement_timeout = '1ms'", "SET local_preload_libraries = 'nothing'"
            })
    void theOwnerOfAnotherDatabaseStopsNobody(String setting) {
        shop.compare(orders("taylor"));
        run(
                "postgres",
                "CREATE ROLE mallory LOGIN",
                "CREATE DATABASE evil OWNER mallory",
                "GRANT CREATE ON DATABASE evil TO mallory");
        as("mallory", "evil", "CREATE SCHEMA x", "GRANT USAGE ON SCHEMA x TO " + shop.role());
        as("mallory", "postgres", "ALTER DATABASE evil " + setting);

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.plan().refusals()).isEmpty();
        assertThat(readOrders("quinn")).isEqualTo("ok");
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    /** That something could not be passed on is a warning. */
    @Test
    void theOwnerOfADatabaseHidesNoWarning() throws Exception {
        shop.compare(orders("taylor"));
        run("postgres", "ALTER DATABASE shop SET client_min_messages = error");
        shop.close();
        try (Shop late = Shop.as(Shop.OWNER)) {
            Privilege notOurs = new Privilege("SELECT", new SqlObject.Table("shop", "sales", "fresh"));
            run("shop", "CREATE TABLE sales.fresh (id int)", "GRANT SELECT ON sales.fresh TO portcullis");

            assertThat(late.session.execute(List.of(new GrantPrivilege(late.role(), MARK, notOurs))))
                    .singleElement()
                    .satisfies(
                            result -> assertThat(reason(result.outcome())).isEqualTo(Reason.GrantOptionMissing.name()));
        }
    }

    @Test
    void aDatabaseThatIsReadOnlyByItsOwnSettingRefusesItself() {
        shop.compare(orders("taylor"));
        run("postgres", "ALTER DATABASE shop SET default_transaction_read_only = on");
        shop.close();
        try (Shop late = Shop.as(Shop.OWNER)) {
            Comparison comparison =
                    late.compare(both(orders("taylor"), entitlements(Shop.OTHER_PORT, Shop.ORDERS_AND_ITEMS, "quinn")));

            assertThat(comparison.failures())
                    .isNotEmpty()
                    .allSatisfy(outcome -> assertThat(outcome.toString()).containsAnyOf("read-only", "portcullis"));
        }
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    private Shop withoutFreeConnections() {
        shop.close();
        await().until(() -> query("postgres", "SELECT FROM pg_stat_activity WHERE datname = 'shop'")
                .isEmpty());
        run("postgres", "ALTER DATABASE shop CONNECTION LIMIT 1");
        return Shop.as(Shop.OWNER);
    }

    private static List<String> members(String role) {
        return query(
                "postgres",
                "SELECT member::regrole FROM pg_auth_members WHERE roleid = '" + role
                        + "'::regrole AND member::regrole::text <> 'portcullis'");
    }

    /** By its new name it is not there, and that is no sign that anybody lost anything. */
    @Test
    void whatIsDoneToARoleThatWasNotTakenOverIsNotDone() throws Exception {
        shop.compare(orders("quinn"));
        String now = "portcullis_orders_now";
        Privilege privilege = new Privilege("SELECT", new SqlObject.Table("shop", "sales", "orders"));
        List<Change> changes = List.of(
                new AdoptRole(now, MARK, "renamed_meanwhile"),
                new RevokeMembership(now, MARK, "quinn", "portcullis", Optional.empty(), DIALECT),
                new LeaveRole(now, MARK, "sam", "portcullis", DIALECT),
                new RevokePrivilege(now, MARK, privilege),
                new GrantMembership(now, MARK, "taylor", DIALECT),
                new DropRole(now, MARK, false),
                new EndSessions(now, MARK, "quinn"));

        assertThat(shop.session.execute(changes))
                .hasSameSizeAs(changes)
                .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(Outcome.Refused.class));
    }

    @Test
    void everyChangeHasAResultOfItsOwn() throws Exception {
        shop.compare(orders("quinn"));
        String role = shop.role();
        SqlObject.Table missing = new SqlObject.Table("shop", "sales", "missing");
        SqlObject.Table present = new SqlObject.Table("shop", "sales", "order_items");
        List<Change> changes = List.of(
                new RevokeMembership(role, MARK, "quinn", "portcullis", Optional.empty(), DIALECT),
                new RevokeMembership(role, MARK, "not-there", "portcullis", Optional.empty(), DIALECT),
                new CreateRole("portcullis_whole", MARK),
                new CreateRole("portcullis_half", MARK),
                new CreateRole(role, MARK),
                new GrantPrivilege("portcullis_half", MARK, new Privilege("SELECT", present)),
                new GrantPrivilege("portcullis_half", MARK, new Privilege("SELECT", missing)),
                new GrantPrivilege("portcullis_half", MARK, new Privilege("INSERT", present)),
                new GrantMembership("portcullis_half", MARK, "taylor", DIALECT),
                new GrantMembership("portcullis_whole", MARK, "not-there", DIALECT),
                new GrantMembership("portcullis_whole", MARK, "riley", DIALECT));

        List<Result> results = shop.session.execute(changes);

        assertThat(results.stream().map(Result::change)).containsExactlyElementsOf(changes);
        assertThat(results.stream().map(result -> reason(result.outcome())))
                .containsExactly(
                        "applied",
                        "applied", // already gone
                        "applied",
                        "applied",
                        Reason.NotApplied.name(),
                        "applied",
                        Reason.ObjectNotFound.name(),
                        Reason.GrantOptionMissing.name(),
                        Reason.ObjectNotFound.name(), // nobody gets a half
                        Reason.PrincipalNotFound.name(),
                        "applied");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.reason().name() : "applied";
    }

    @Test
    void twoOwnersGrantOnOneTableAtTheSameTime() throws Exception {
        List<Owner> owners = List.of(new Owner("a", "x"), new Owner("b", "x"), new Owner("c", "x"));
        List<CompletableFuture<Void>> running = owners.stream()
                .map(owner -> CompletableFuture.runAsync(() -> {
                    try (Shop one = Shop.as(owner)) {
                        for (int i = 0; i < 5; i++) {
                            assertThat(one.compare(orders("taylor", "quinn")).failures())
                                    .isEmpty();
                            assertThat(one.compare(Set.of()).failures()).isEmpty();
                        }
                    }
                }))
                .toList();
        for (CompletableFuture<Void> one : running) {
            one.get();
        }
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    /** Any login may hold it, in each database of its own; which one it is can be read in pg_locks. */
    @Test
    void whoHoldsTheLockOfAllOwnersDelaysNobodyForLong() throws Exception {
        run("postgres", "GRANT CONNECT ON DATABASE shop TO quinn");
        String hold = "SELECT pg_advisory_lock(" + 0x706f727463756c6cL + ")";
        try (Connection first = EmbeddedServer.connect("quinn", "postgres");
                Connection other = EmbeddedServer.connect("quinn", "shop");
                Statement inFirst = first.createStatement();
                Statement inOther = other.createStatement()) {
            inFirst.execute(hold);
            inOther.execute(hold);
            Instant before = Instant.now();

            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");
            assertThat(shop.compare(Set.of()).failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("42501");

            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(query("postgres", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"))
                    .as("it was held all the time")
                    .containsExactly("2");
        }
    }
}
