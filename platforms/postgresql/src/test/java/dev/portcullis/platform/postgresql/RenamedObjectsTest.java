package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Profile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A grant follows what it was made on when that is renamed; what was agreed is a name. */
class RenamedObjectsTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static void asOwner(String... statements) {
        for (String statement : statements) {
            run("shop", "SET ROLE shop_owner", statement);
        }
    }

    private ObjectsFound look(Profile profile) throws Exception {
        return shop.session.look(Set.of(profile)).get(profile);
    }

    private static String column(String name) {
        return read("taylor", "shop", "SELECT " + name + " FROM sales.orders");
    }

    /** The columns our roles can read, by name. */
    private static List<String> granted() {
        return query(
                "shop",
                "SELECT a.attname FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) e JOIN pg_roles r ON r.oid = e.grantee"
                        + " WHERE a.attrelid = 'sales.orders'::regclass AND r.rolname LIKE 'portcullis\\_%' ORDER BY 1");
    }

    @Test
    void aRenamedColumnIsTakenAwayAndMissed() throws Exception {
        shop.compare(entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor"));
        ObjectsFound before = look(Shop.SOME_COLUMNS);
        asOwner("ALTER TABLE sales.orders RENAME COLUMN country TO origin");
        assertThat(column("origin")).as("the server takes it along").isEqualTo("ok");
        assertThat(look(Shop.SOME_COLUMNS).identity())
                .as("which a look notices")
                .isNotEqualTo(before.identity());

        Shop.Comparison comparison = shop.compare(entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor", "quinn"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(column("origin")).isEqualTo("42501");
        assertThat(column("id")).as("the rest stays").isEqualTo("ok");
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound, Reason.ObjectNotFound);
        assertThat(comparison.plan().refusals().get(0).message()).contains("column (\"country\")");
        assertThat(look(Shop.SOME_COLUMNS).fault())
                .hasValueSatisfying(fault -> assertThat(fault.message()).contains("country"));

        asOwner("ALTER TABLE sales.orders RENAME COLUMN origin TO country");
        assertThat(shop.compare(entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor"))
                        .refused())
                .isEmpty();
        assertThat(column("country")).isEqualTo("ok");
    }

    @Test
    void swappedColumnsAreGrantedByTheirNames() throws Exception {
        Profile one = profile("shop", "sales", "orders(country)");
        shop.compare(entitlements(Shop.PORT, one, "taylor"));
        ObjectsFound before = look(one);
        asOwner(
                "ALTER TABLE sales.orders RENAME COLUMN country TO swap",
                "ALTER TABLE sales.orders RENAME COLUMN customer TO country",
                "ALTER TABLE sales.orders RENAME COLUMN swap TO customer");
        assertThat(column("customer")).isEqualTo("ok");
        assertThat(look(one).identity()).isNotEqualTo(before.identity());

        Shop.Comparison comparison = shop.compare(entitlements(Shop.PORT, one, "taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(granted()).containsExactly("country");
        assertThat(column("country")).isEqualTo("ok");
        assertThat(column("customer")).isEqualTo("42501");
    }

    @Test
    void swappedTablesAreGrantedByTheirNames() throws Exception {
        shop.compare(orders("taylor"));
        ObjectsFound before = look(Shop.ORDERS);
        asOwner(
                "ALTER TABLE sales.orders RENAME TO swap",
                "ALTER TABLE sales.internal RENAME TO orders",
                "ALTER TABLE sales.swap RENAME TO internal");
        assertThat(look(Shop.ORDERS).identity()).isNotEqualTo(before.identity());

        Shop.Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.internal")).isEqualTo("42501");
    }

    @Test
    void aTableThatMovedToAnotherSchemaIsTakenAway() {
        run("shop", "CREATE SCHEMA hidden");
        shop.compare(orders("taylor"));
        run("shop", "ALTER TABLE sales.orders SET SCHEMA hidden", "GRANT USAGE ON SCHEMA hidden TO PUBLIC");
        assertThat(read("taylor", "shop", "SELECT * FROM hidden.orders")).isEqualTo("ok");

        Shop.Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(read("taylor", "shop", "SELECT * FROM hidden.orders")).isEqualTo("42501");
    }

    @Test
    void aRenamedSchemaIsTakenAwayWithAllInIt() throws Exception {
        shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));
        ObjectsFound before = look(Shop.ORDERS_AND_ITEMS);
        run("shop", "ALTER SCHEMA sales RENAME TO archive");
        assertThat(read("taylor", "shop", "SELECT * FROM archive.orders")).isEqualTo("ok");
        assertThat(look(Shop.ORDERS_AND_ITEMS).identity()).isNotEqualTo(before.identity());

        Shop.Comparison comparison = shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.plan().refusals().get(0).message()).contains("no schema \"sales\"");
        assertThat(read("taylor", "shop", "SELECT * FROM archive.orders")).isEqualTo("42501");
        assertThat(query(
                        "shop",
                        "SELECT count(*) FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) e JOIN pg_roles r ON r.oid = e.grantee"
                                + " WHERE nspname = 'archive' AND r.rolname LIKE 'portcullis\\_%'"))
                .containsExactly("0");

        run("shop", "ALTER SCHEMA archive RENAME TO sales");
        assertThat(shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"))
                        .refused())
                .isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    void aSchemaInTheOldOnesPlaceIsAnother() {
        shop.compare(orders("taylor"));
        run(
                "shop",
                "ALTER SCHEMA sales RENAME TO archive",
                "SET ROLE shop_owner",
                "CREATE SCHEMA sales",
                "GRANT USAGE ON SCHEMA sales TO portcullis WITH GRANT OPTION",
                "CREATE TABLE sales.orders (id int)",
                "INSERT INTO sales.orders VALUES (1)",
                "GRANT SELECT ON sales.orders TO portcullis WITH GRANT OPTION");

        Shop.Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM archive.orders")).isEqualTo("42501");
    }
}
