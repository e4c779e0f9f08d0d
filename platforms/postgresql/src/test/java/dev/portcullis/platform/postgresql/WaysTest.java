package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.entitlement;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Way;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How else a login reads what was agreed: each way is tried by that login, then ended by exactly the SQL that the message gives. */
class WaysTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<Way> agreed(Profile profile) throws PlatformUnavailableException {
        Set<Entitlement> taylor = entitlements(Shop.PORT, profile, "taylor");
        return shop.session.ways(taylor, Set.of()).get(taylor.iterator().next());
    }

    private List<Way> ended(Profile profile) throws PlatformUnavailableException {
        Set<Entitlement> taylor = entitlements(Shop.PORT, profile, "taylor");
        return shop.session.ways(Set.of(), taylor).get(taylor.iterator().next());
    }

    private static void asOwner(String... statements) {
        for (String statement : statements) {
            run("shop", "SET ROLE shop_owner", statement);
        }
    }

    /** USAGE and CONNECT for everybody, as most databases have it. */
    private static void open(String schema) {
        asOwner("GRANT CONNECT ON DATABASE shop TO PUBLIC", "GRANT USAGE ON SCHEMA " + schema + " TO PUBLIC");
    }

    /** What the message says to run, in the database it says. */
    private void end(Way way) {
        String message = way.message();
        String sql = message.substring(message.indexOf("; to end it, run as a superuser") + 31);
        assertThat(sql).startsWith(sql.startsWith(":") ? ": " : " in database \"shop\": ");
        run("shop", sql.substring(sql.indexOf(": ") + 2));
    }

    /** The one way: taylor reads by it after the agreement, and when it is ended does not. */
    private Way only(Profile profile) throws PlatformUnavailableException {
        open("sales");
        assertThat(readOrders("taylor")).isEqualTo("ok");
        List<Way> ways = ended(profile);
        assertThat(ways).hasSize(1);
        assertThat(agreed(profile)).as("the same while it lasts").isEqualTo(ways);
        assertThat(ended(profile)).as("in the same words").isEqualTo(ways);
        end(ways.get(0));
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(ended(profile)).isEmpty();
        return ways.get(0);
    }

    @Test
    void nobodyHasAnotherWayInAWellKeptDatabase() throws Exception {
        shop.compare(orders("taylor", "quinn"));

        assertThat(agreed(Shop.ORDERS)).isEmpty();
        assertThat(ended(Shop.ORDERS)).isEmpty();
    }

    @Test
    void whoReadsSomeRowsReadsMoreByAnyWayToTheTable() throws Exception {
        Profile some = RowFilterTest.filtered("id > 1", "orders");
        asOwner("GRANT SELECT (id) ON sales.orders TO PUBLIC");
        assertThat(agreed(some)).as("nobody may use the schema").isEmpty();
        open("sales");
        assertThat(agreed(some))
                .singleElement()
                .satisfies(way -> assertThat(way.further()).isTrue());
    }

    @Test
    void everybody() throws Exception {
        asOwner("GRANT SELECT ON sales.orders TO PUBLIC");

        assertThat(only(Shop.ORDERS))
                .isEqualTo(new Way(
                        false,
                        "everybody (PUBLIC) has SELECT on TABLE \"sales\".\"orders\" by a grant of \"shop_owner\"; to end it,"
                                + " run as a superuser in database \"shop\": SET ROLE \"shop_owner\"; REVOKE SELECT ON TABLE"
                                + " \"sales\".\"orders\" FROM PUBLIC CASCADE; RESET ROLE;"));
    }

    @Test
    void aGrantToTheLoginItself() throws Exception {
        run("postgres", "CREATE ROLE olga");
        asOwner("GRANT USAGE ON SCHEMA sales TO olga", "GRANT SELECT ON sales.orders TO olga WITH GRANT OPTION");
        run("shop", "SET ROLE olga", "GRANT SELECT ON sales.orders TO taylor");

        assertThat(only(Shop.ORDERS).message())
                .startsWith("\"taylor\" has SELECT on TABLE \"sales\".\"orders\" by a grant of \"olga\"");
    }

    @Test
    void aChainOfRoles() throws Exception {
        run(
                "postgres",
                "CREATE ROLE analysts",
                "CREATE ROLE reporting",
                "GRANT reporting TO analysts",
                "GRANT analysts TO taylor");
        asOwner("GRANT SELECT ON sales.orders TO reporting");

        assertThat(only(Shop.ORDERS).message())
                .startsWith(
                        "\"taylor\" is a member of \"analysts\", which is a member of \"reporting\", which has SELECT on TABLE"
                                + " \"sales\".\"orders\" by a grant of \"shop_owner\"; to end it, run as a superuser: REVOKE"
                                + " \"analysts\" FROM \"taylor\""
                                + (EmbeddedServer.hasMembershipsPerGrantor() ? " GRANTED BY \"postgres\";" : ";"));
    }

    /** Below 16 the grantor is a note, and may be gone. */
    @Tag("versions")
    @Test
    @OnVersions(to = 15)
    void aMembershipWhoseGrantorIsGone() throws Exception {
        run("postgres", "CREATE ROLE analysts");
        as("admin_too", "postgres", "GRANT analysts TO taylor");
        run("postgres", "DROP ROLE admin_too");
        asOwner("GRANT SELECT ON sales.orders TO analysts");

        assertThat(only(Shop.ORDERS).message()).endsWith(": REVOKE \"analysts\" FROM \"taylor\";");
    }

    @Test
    void ownership() throws Exception {
        run("shop", "ALTER TABLE sales.orders OWNER TO taylor");
        open("sales");

        Way way = ended(Shop.ORDERS).get(0);
        assertThat(way.message()).startsWith("\"taylor\" owns TABLE \"sales\".\"orders\"");
        assertThat(readOrders("taylor")).isEqualTo("ok");
        run("shop", "ALTER TABLE \"sales\".\"orders\" OWNER TO shop_owner;");
        assertThat(ended(Shop.ORDERS)).isEmpty();

        run("postgres", "GRANT shop_owner TO taylor");
        assertThat(only(Shop.ORDERS).message())
                .startsWith("\"taylor\" is a member of \"shop_owner\", which owns TABLE \"sales\".\"orders\"");
    }

    @Test
    void whatTheOwnerOfTheDatabaseOwns() throws Exception {
        open("sales");
        run("shop", "ALTER TABLE sales.orders OWNER TO pg_database_owner", "ALTER DATABASE shop OWNER TO taylor");
        assertThat(readOrders("taylor")).isEqualTo("ok");

        assertThat(ended(Shop.ORDERS)).hasSize(1);
        assertThat(ended(Shop.ORDERS).get(0).message())
                .startsWith("\"taylor\" is a member of \"pg_database_owner\", which owns TABLE")
                .endsWith("run as a superuser: ALTER DATABASE \"shop\" OWNER TO <its new owner>;");
    }

    @Test
    void rolesThatReadEverything() throws Exception {
        run("postgres", "GRANT pg_read_all_data TO taylor");
        assertThat(readOrders("taylor")).as("not without CONNECT").isEqualTo("42501");
        assertThat(ended(Shop.ORDERS)).isEmpty();

        Way way = only(Shop.ORDERS);
        assertThat(way.further()).isTrue();
        assertThat(way.message())
                .startsWith("\"taylor\" is a member of \"pg_read_all_data\", which may read every table");

        run("postgres", "GRANT postgres TO taylor" + (EmbeddedServer.VERSION < 16 ? "" : " WITH INHERIT FALSE"));
        Way superuser = ended(Shop.ORDERS).get(0);
        assertThat(superuser.message()).contains("\"postgres\", which is a superuser");
        end(superuser);
        assertThat(ended(Shop.ORDERS)).isEmpty();
    }

    @Test
    @OnVersions(from = 16)
    void whoMayOnlyBecomeARoleReadsAsThatRole() throws Exception {
        run("postgres", "CREATE ROLE analysts", "GRANT analysts TO taylor WITH INHERIT FALSE, SET TRUE");
        asOwner("GRANT CONNECT ON DATABASE shop TO PUBLIC", "GRANT SELECT ON sales.orders TO analysts");
        shop.compare(orders("taylor"));
        assertThat(agreed(Shop.ORDERS))
                .as("our USAGE is of taylor and not of analysts")
                .isEmpty();
        asOwner("GRANT USAGE ON SCHEMA sales TO analysts");

        assertThat(agreed(Shop.ORDERS).get(0).message())
                .startsWith("\"taylor\" may become \"analysts\", which has SELECT");
        assertThat(ended(Shop.ORDERS)).hasSize(1);
        shop.compare(Set.of());
        EmbeddedServer.as("taylor", "shop", "SET ROLE analysts", "SELECT * FROM sales.orders");
        end(ended(Shop.ORDERS).get(0));
        assertThat(ended(Shop.ORDERS)).isEmpty();
    }

    @Test
    @OnVersions(to = 15)
    void below16WhoDoesNotInheritMayBecomeTheRole() throws Exception {
        run("postgres", "CREATE ROLE analysts", "ALTER ROLE taylor NOINHERIT", "GRANT analysts TO taylor");
        asOwner("GRANT SELECT ON sales.orders TO analysts", "GRANT USAGE ON SCHEMA sales TO analysts");
        asOwner("GRANT CONNECT ON DATABASE shop TO PUBLIC");

        assertThat(ended(Shop.ORDERS).get(0).message())
                .startsWith("\"taylor\" may become \"analysts\", which has SELECT");
        EmbeddedServer.as("taylor", "shop", "SET ROLE analysts", "SELECT * FROM sales.orders");
        end(ended(Shop.ORDERS).get(0));
        assertThat(ended(Shop.ORDERS)).isEmpty();
    }

    @Test
    @OnVersions(from = 16)
    void whoMayGrantItselfARoleIsNotStopped() throws Exception {
        run("postgres", "CREATE ROLE analysts", "GRANT analysts TO taylor WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        asOwner("GRANT SELECT ON sales.orders TO analysts");
        open("sales");
        assertThat(readOrders("taylor")).isEqualTo("42501");

        assertThat(ended(Shop.ORDERS).get(0).message())
                .startsWith("\"taylor\" may make itself a member of \"analysts\"");
        EmbeddedServer.as("taylor", "shop", "GRANT analysts TO taylor WITH INHERIT TRUE", "SELECT * FROM sales.orders");
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    @OnVersions(from = 16)
    void aMembershipThatGivesNothingIsNoWay() throws Exception {
        run(
                "postgres",
                "CREATE ROLE analysts",
                "CREATE ROLE reporting",
                "GRANT analysts TO taylor WITH INHERIT TRUE, SET FALSE",
                "GRANT reporting TO analysts WITH INHERIT FALSE, SET TRUE",
                "CREATE ROLE nothing",
                "GRANT nothing TO taylor WITH INHERIT FALSE, SET FALSE");
        asOwner("GRANT SELECT ON sales.orders TO reporting", "GRANT SELECT ON sales.orders TO nothing");
        open("sales");

        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(ended(Shop.ORDERS)).isEmpty();
    }

    @Test
    void moreThanTheAgreedColumns() throws Exception {
        asOwner("GRANT SELECT (country, customer) ON sales.orders TO PUBLIC");
        open("sales");
        assertThat(agreed(Shop.SOME_COLUMNS)).hasSize(1).allMatch(Way::further);
        assertThat(agreed(Shop.SOME_COLUMNS).get(0).message())
                .contains("columns (\"country\", \"customer\") of TABLE \"sales\".\"orders\"");
        assertThat(agreed(Shop.ORDERS)).hasSize(1).noneMatch(Way::further);
        end(agreed(Shop.SOME_COLUMNS).get(0));
        assertThat(agreed(Shop.SOME_COLUMNS)).isEmpty();

        asOwner("GRANT SELECT (country) ON sales.orders TO PUBLIC");
        assertThat(agreed(Shop.SOME_COLUMNS))
                .as("no more, but it will outlive the agreement")
                .hasSize(1)
                .noneMatch(Way::further);
        asOwner("GRANT SELECT ON sales.orders TO quinn");
        assertThat(agreed(Shop.SOME_COLUMNS)).as("quinn's way").hasSize(1);

        asOwner("GRANT SELECT ON sales.orders TO taylor");
        assertThat(agreed(Shop.SOME_COLUMNS)).hasSize(2);
        assertThat(agreed(Shop.SOME_COLUMNS).get(0))
                .as("what leads further comes first")
                .matches(Way::further)
                .matches(way -> way.message().contains("all columns of TABLE \"sales\".\"orders\""));
    }

    @Test
    void aSelectIsNoWayWhereNobodyGetsIn() throws Exception {
        asOwner("GRANT SELECT ON sales.orders TO PUBLIC");
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(ended(Shop.ORDERS)).isEmpty();
        assertThat(agreed(Shop.ORDERS)).as("our grant lets taylor in").hasSize(1);

        asOwner("GRANT CONNECT ON DATABASE shop TO PUBLIC");
        assertThat(ended(Shop.ORDERS)).as("the schema is closed").isEmpty();

        shop.compare(entitlements(Shop.OTHER_PORT, profile("shop", "sales", "internal"), "taylor"));
        assertThat(readOrders("taylor")).as("by the USAGE of another agreement").isEqualTo("ok");
        assertThat(ended(Shop.ORDERS)).hasSize(1);
    }

    @Test
    void whatPortcullisGrantedBesidesIsExplained() throws Exception {
        shop.compare(Shop.both(orders("taylor"), entitlements(Shop.OTHER_PORT, Shop.ORDERS_AND_ITEMS, "taylor")));
        try (Shop other = Shop.as(new Owner(Shop.OWNER.installation(), "lake"))) {
            other.compare(orders("taylor"));
        }
        assertThat(agreed(Shop.SOME_COLUMNS)).isEmpty();
        assertThat(ended(Shop.ORDERS)).isEmpty();

        try (Shop stranger = Shop.as(new Owner("install-2", "warehouse"))) {
            stranger.compare(orders("taylor"));
        }
        assertThat(ended(Shop.ORDERS))
                .as("of another installation nothing is known here")
                .hasSize(1);
    }

    /** Below 16 nothing tells who made a role: whoever may comment on roles may make one look like ours (docs/security.md). */
    @Test
    @OnVersions(from = 16)
    void aForgedMarkExplainsNothing() throws Exception {
        run(
                "postgres",
                "CREATE ROLE analysts",
                "GRANT analysts TO taylor",
                "COMMENT ON ROLE analysts IS 'portcullis/1 installation=install-1 platform=lake port=x name=a/b'");
        asOwner("GRANT SELECT ON sales.orders TO analysts");

        assertThat(only(Shop.ORDERS).message()).contains("analysts");
    }

    @Test
    void whatIsNotThereHasNoWay() throws Exception {
        asOwner("GRANT SELECT ON sales.orders TO PUBLIC");
        Set<Entitlement> odd = Set.of(
                entitlement(Shop.PORT, Shop.ORDERS, "nobody"),
                entitlement(Shop.PORT, Shop.ORDERS, "x".repeat(70)),
                entitlement(Shop.PORT, profile("shop", "sales", "missing"), "taylor"));
        assertThat(shop.session.ways(odd, Set.of()))
                .hasSize(3)
                .allSatisfy((who, ways) -> assertThat(ways).isEmpty());

        run("postgres", "ALTER DATABASE shop WITH ALLOW_CONNECTIONS false");
        shop.close();
        shop = Shop.as(Shop.OWNER);
        assertThat(shop.session.ways(orders("taylor"), Set.of()))
                .as("what cannot be looked at has no answer")
                .isEmpty();
    }

    @Test
    void aDeepChainAndAWideOneAreToldShortly() throws Exception {
        run("postgres", """
                DO $$ BEGIN
                  FOR i IN 0..400 LOOP EXECUTE format('CREATE ROLE deep_%s', i); END LOOP;
                  FOR i IN 1..400 LOOP EXECUTE format('GRANT deep_%s TO deep_%s', i, i - 1); END LOOP;
                  FOR i IN 0..400 LOOP
                    EXECUTE format('CREATE ROLE wide_%s', i);
                    EXECUTE format('GRANT wide_%s TO taylor', i);
                    EXECUTE format('GRANT deep_400 TO wide_%s', i);
                  END LOOP;
                  GRANT deep_0 TO taylor; END $$
                """);
        asOwner("GRANT SELECT ON sales.orders TO deep_399");
        open("sales");

        List<Way> ways = ended(Shop.ORDERS);

        assertThat(ways).hasSize(1);
        assertThat(ways.get(0).message())
                .contains("and so on over 392 more roles to \"deep_399\"")
                .hasSizeLessThan(1000);
        asOwner("GRANT SELECT ON sales.orders TO deep_400");
        assertThat(ended(Shop.ORDERS))
                .as("by the shortest path")
                .anyMatch(way -> way.message()
                        .startsWith("\"taylor\" is a member of \"wide_0\", which is a member of \"deep_400\""));
    }

    @Test
    void manyTablesMakeOneWay() throws Exception {
        asOwner("GRANT SELECT ON ALL TABLES IN SCHEMA sales TO PUBLIC");
        Profile all = profile("shop", "sales", "orders(id)", "order_items", "internal");

        assertThat(agreed(all)).hasSize(1).allMatch(Way::further);
        assertThat(agreed(all).get(0).message())
                .contains(
                        "TABLE \"sales\".\"internal\", TABLE \"sales\".\"order_items\", all columns of TABLE \"sales\".\"orders\"");
        end(agreed(all).get(0));
        assertThat(agreed(all)).isEmpty();
        assertThat(read("taylor", "shop", "SELECT 1")).isEqualTo("42501");
    }
}
