package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.RowFilterTest.filtered;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.role.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What consumers and providers do to row filters who want more than they were given, or the operator to stand still. */
class RowFilterAttacksTest {
    private static final Profile EU = filtered("country = 'DE' AND amount < 1000", "orders");

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        asOwner(Recipe.forRowFilters());
        run("shop", "INSERT INTO sales.orders VALUES (2, 'Pierre', 'FR', 20)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static void asOwner(List<String> statements) {
        List<String> all = new ArrayList<>(List.of("SET ROLE shop_owner"));
        all.addAll(statements);
        run("shop", all.toArray(String[]::new));
    }

    private static String view() {
        return "portcullis_views." + RoleName.view(Shop.OWNER, Shop.PORT, EU, "orders");
    }

    /** Comparisons of the server's own types are LEAKPROOF, and so would go below a barrier: EXPLAIN ANALYZE says how many rows the filter took away from those. */
    @Test
    void plansDoNotTellWhatIsInRowsThatTheFilterHides() {
        run(
                "shop",
                "INSERT INTO sales.orders SELECT n, 'c' || n, 'FR', n FROM generate_series(10, 2000) n",
                "CREATE INDEX ON sales.orders (customer)",
                "ANALYZE sales.orders");
        shop.compare(entitlements(Shop.PORT, EU, "taylor"));
        // which pages of the catalogue are in memory says nothing of these rows, and is another thing each time
        for (String explain : List.of("EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF)", "EXPLAIN")) {
            assertThat(plan(explain, "Pierre"))
                    .isEqualTo(plan(explain, "Nobody"))
                    .doesNotContain("Index Cond: (customer");
        }
    }

    private static String plan(String explain, String customer) {
        return String.join(
                        "\n",
                        EmbeddedServer.queryAs(
                                "taylor",
                                "shop",
                                explain + " SELECT * FROM " + view() + " WHERE customer = '" + customer + "'",
                                "SET enable_seqscan = off"))
                .replace(customer, "somebody");
    }

    /** The schema is the database owner's, who may call it something else; the operator has the privileges of the role that owns the view. */
    @Test
    void noViewOfOursIsPassedOnAsATableOfAnotherPort() {
        shop.compare(entitlements(Shop.PORT, EU, "taylor"));
        asOwner(List.of("ALTER SCHEMA portcullis_views RENAME TO moved"));
        String name = RoleName.view(Shop.OWNER, Shop.PORT, EU, "orders");
        for (Profile stolen : List.of(
                Shop.profile("shop", "moved", name), Shop.profile("shop", "moved", name + "(id)"), moved(name))) {
            asOwner(List.of(
                    "CREATE SCHEMA IF NOT EXISTS portcullis_views",
                    Recipe.forRowFilters().get(1)));
            Comparison compared = shop.compare(entitlements(Shop.OTHER_PORT, stolen, "quinn"));
            assertThat(compared.refused()).isNotEmpty();
            assertThat(read("quinn", "shop", "SELECT * FROM moved." + name)).isEqualTo("42501");
            assertThat(query("shop", "SELECT count(*) FROM pg_views WHERE schemaname = 'portcullis_views'"))
                    .containsExactly("0");
        }
    }

    /** Somebody who keeps a view of a port for now takes nothing from others who get one. */
    @Test
    void whoGetsAViewBesideOneThatIsKeptCanReadIt() throws PlatformUnavailableException {
        Profile some = filtered("id > 0", "orders(id)");
        shop.compare(entitlements(Shop.PORT, some, "taylor"));
        Holding kept = new Holding(Shop.PORT, shop.role(Shop.PORT, some), new Principal("taylor"), true);
        Set<Entitlement> wanted = entitlements(Shop.PORT, EU, "quinn");
        Scope everything = new Scope.Everything();
        shop.session.execute(new PostgresqlModule()
                .plan(
                        new Wanted(Shop.OWNER, everything, wanted, Set.of(kept), Unmanaged.Remove),
                        shop.session.observe(everything, wanted))
                .changes());
        assertThat(read("quinn", "shop", "SELECT customer FROM " + view())).isEqualTo("ok");
        assertThat(read(
                        "taylor",
                        "shop",
                        "SELECT * FROM portcullis_views." + RoleName.view(Shop.OWNER, Shop.PORT, some, "orders")))
                .isEqualTo("ok");
    }

    private static Profile moved(String view) {
        return ((Parsed.Ok) ProfileParser.asked(new PostgresqlObjects(
                        "shop", "moved", List.of(new Table(view, null)), List.of(new RowFilter("all", "id > 0")))))
                .profile();
    }

    /** Each view takes three locks when it is dropped, of the few thousand that a server has. */
    @Test
    void whatAReaderBuildsOnAViewIsNoOutageWhenThereIsTooMuchOfItToDrop() throws SQLException {
        shop.compare(entitlements(Shop.PORT, EU, "taylor"));
        run("shop", "CREATE SCHEMA taylors AUTHORIZATION taylor");
        try (Connection taylor = EmbeddedServer.connect("taylor", "shop");
                Statement statement = taylor.createStatement()) {
            for (int i = 0; i < 20; i++) {
                int hundreds = i * 500;
                statement.execute(IntStream.range(hundreds, hundreds + 500)
                        .mapToObj(n -> "CREATE VIEW taylors.v" + n + " AS SELECT * FROM " + view())
                        .collect(Collectors.joining(";")));
            }
        }

        Comparison ended = shop.compare(entitlements(Shop.OTHER_PORT, Shop.ORDERS, "riley"));

        assertThat(ended.failures()).isNotEmpty();
        assertThat(read("taylor", "shop", "SELECT * FROM " + view())).isEqualTo("42501");
        assertThat(Shop.readOrders("riley")).isEqualTo("ok");
    }

    /** A role that owns views of wide tables holds as many privileges as they have columns. */
    @Test
    void thousandsOfColumnsAreObservedInSeconds() {
        String columns =
                IntStream.range(0, 1500).mapToObj(n -> "c" + n + " int").collect(Collectors.joining(", "));
        List<String> tables = IntStream.range(0, 10).mapToObj(n -> "wide" + n).toList();
        asOwner(tables.stream()
                .flatMap(table -> List.of(
                        "CREATE TABLE sales." + table + " (" + columns + ")",
                        "GRANT SELECT ON sales." + table + " TO portcullis WITH GRANT OPTION")
                        .stream())
                .toList());
        Profile wide = filtered("c0 = 1", tables.toArray(String[]::new));
        assertThat(shop.compare(entitlements(Shop.PORT, wide, "taylor")).failures())
                .isEmpty();

        long begun = System.nanoTime();
        assertThat(shop.plan(entitlements(Shop.PORT, wide, "taylor")).changes()).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
}
