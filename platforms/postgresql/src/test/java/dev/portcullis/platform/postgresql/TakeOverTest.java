package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles of an installation that is gone for good: a cluster that was built anew has another id, and its ports have other UIDs. */
class TakeOverTest {
    private static final Owner NOW = new Owner("install-2", "warehouse");
    private static final PortId ORDERS_NOW = new PortId("uid-now", Shop.PORT.namespace(), Shop.PORT.name());

    private Shop then;
    private Shop now;

    @BeforeEach
    void open() {
        then = Shop.fresh();
        now = Shop.takingOver(NOW, "install-1");
    }

    @AfterEach
    void close() {
        then.close();
        now.close();
    }

    private static Set<Entitlement> ordersNow(String... principals) {
        return entitlements(ORDERS_NOW, Shop.ORDERS, principals);
    }

    @Test
    void whoKeepsTheAccessIsNotInterruptedAndTheRestGoes() {
        then.compare(both(orders("taylor", "quinn"), entitlements(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "riley")));
        String oid = oidOf(then.role());

        Shop.Comparison comparison = now.compare(ordersNow("taylor", "sam"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(oidOf(now.role(ORDERS_NOW, Shop.ORDERS)).equals(oid))
                .as("the same role, but below 15, where quinn leaves it")
                .isEqualTo(EmbeddedServer.VERSION > 14);
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("sam")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(EmbeddedServer.read("riley", "shop", "SELECT id FROM sales.orders"))
                .isEqualTo("42501");
        assertThat(query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'portcullis\\_%\\_%'"))
                .containsExactly("1");
        assertThat(comparison.before().takenOver()).containsExactly(Map.entry(Shop.OWNER, 2));
        assertThat(comparison.after().takenOver()).isEmpty();
    }

    @Test
    void onePortAloneTakesOverItsOwnRolesOnly() {
        then.compare(both(orders("taylor", "quinn"), entitlements(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "riley")));

        Shop.Comparison comparison = now.compare(new Scope.Ports(Set.of(ORDERS_NOW.uid())), ordersNow("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(EmbeddedServer.read("riley", "shop", "SELECT id FROM sales.orders"))
                .isEqualTo("ok");
    }

    @Test
    void whatAProfileOffersLessIsTakenOverToo() {
        then.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor", "quinn"));

        Shop.Comparison comparison = now.compare(ordersNow("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(EmbeddedServer.read("taylor", "shop", "SELECT * FROM sales.order_items"))
                .isEqualTo("42501");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    @Test
    void othersAreLeftAloneAndCounted() {
        Shop stranger = Shop.as(new Owner("install-3", "warehouse"));
        Shop neighbour = Shop.as(new Owner("install-1", "lake"));
        try (stranger;
                neighbour) {
            stranger.compare(orders("quinn"));
            neighbour.compare(orders("riley"));
            List<String> before = catalogue("shop");

            Shop.Comparison comparison = now.compare(Set.of());

            assertThat(comparison.plan().changes()).isEmpty();
            assertThat(catalogue("shop")).isEqualTo(before);
            assertThat(comparison.before().others()).isEqualTo(Map.of(stranger.owner, 1, neighbour.owner, 1));
        }
    }

    @Test
    void itsOwnIdAmongThoseTakenOverDoesNothing() {
        try (Shop own = Shop.takingOver(Shop.OWNER, "install-1")) {
            own.compare(orders("taylor"));
            assertThat(own.compare(orders("taylor")).plan().changes()).isEmpty();
            own.compare(Set.of());
            assertThat(readOrders("taylor")).isEqualTo("42501");
        }
    }

    @Test
    @OnVersions(from = 16)
    void aRoleThatIsNotOursToTakeIsReportedWithTheSqlThatHelps() {
        then.compare(orders("taylor", "quinn"));
        run("postgres", "CREATE ROLE another NOLOGIN CREATEROLE", "GRANT another TO portcullis_login");
        grantable("another");
        Shop other = Shop.takingOver(NOW, Shop.server("another"), "install-1");
        try (other) {
            Shop.Comparison comparison = other.compare(ordersNow("taylor"));

            assertThat(comparison.failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");
            assertThat(comparison.again().leftovers()).isNotEmpty();
            String message = comparison.again().leftovers().get(0).message();
            assertThat(message).contains("run as a superuser: GRANT");
            int sql = message.indexOf("GRANT");
            run("postgres", message.substring(sql, message.indexOf(';', sql) + 1));

            Shop.Comparison again = other.compare(ordersNow("taylor"));
            assertThat(readOrders("taylor")).isEqualTo("ok");
            assertThat(again.again().leftovers())
                    .as("what the other role granted only a superuser takes back")
                    .anyMatch(leftover -> leftover.message().contains("\"quinn\" is a member of"));
        }
    }

    private static void grantable(String role) {
        run(
                "shop",
                "SET ROLE shop_owner",
                "GRANT CONNECT ON DATABASE shop TO " + role + " WITH GRANT OPTION",
                "GRANT USAGE ON SCHEMA sales TO " + role + " WITH GRANT OPTION",
                "GRANT SELECT ON ALL TABLES IN SCHEMA sales TO " + role + " WITH GRANT OPTION");
    }

    private static String oidOf(String role) {
        return query("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + role + "'")
                .get(0);
    }
}
