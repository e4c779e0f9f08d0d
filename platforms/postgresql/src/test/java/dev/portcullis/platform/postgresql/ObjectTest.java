package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.entitlement;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that are missing, not ours to pass on, or in a database that refuses: nobody gets a half, and who has something keeps it. */
class ObjectTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** One broken port does not keep another from being granted. */
    private String refused(Profile profile, Reason reason) {
        Comparison comparison =
                shop.compare(both(entitlements(Shop.OTHER_PORT, profile, "taylor", "quinn"), orders("riley")));
        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(comparison.refused()).containsExactly(reason, reason);
        assertThat(readOrders("riley")).isEqualTo("ok");
        assertThat(query("postgres", "SELECT count(*) FROM pg_auth_members WHERE grantor = 'portcullis'::regrole"))
                .containsExactly("1");
        return comparison.plan().refusals().get(0).message();
    }

    @Test
    void aMissingTable() {
        assertThat(refused(profile("shop", "sales", "orders", "returns"), Reason.ObjectNotFound))
                .contains("TABLE \"sales\".\"returns\"")
                .doesNotContain("orders");
    }

    @Test
    void aMissingColumn() {
        assertThat(refused(profile("shop", "sales", "orders(id,vat)"), Reason.ObjectNotFound))
                .contains("\"vat\"")
                .doesNotContain("\"id\"");
    }

    @Test
    void aSequenceIsNoTable() {
        run("shop", "CREATE SEQUENCE sales.numbers");
        assertThat(refused(profile("shop", "sales", "numbers"), Reason.ObjectNotFound))
                .contains("numbers");
    }

    @Test
    void aMissingSchema() {
        assertThat(refused(profile("shop", "nowhere", "orders"), Reason.ObjectNotFound))
                .contains("schema \"nowhere\"");
    }

    @Test
    void aMissingDatabase() {
        assertThat(refused(profile("nowhere", "sales", "orders"), Reason.ObjectNotFound))
                .contains("database \"nowhere\"");
    }

    @Test
    void aDatabaseThatRefusesUs() {
        run("postgres", "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
        assertThat(refused(profile("closed", "sales", "orders"), Reason.ObjectNotFound))
                .contains("GRANT CONNECT ON DATABASE \"closed\" TO \"portcullis_login\"");
    }

    @Test
    void aDatabaseWithoutConnections() {
        run("postgres", "CREATE DATABASE closed ALLOW_CONNECTIONS false");
        assertThat(refused(profile("closed", "sales", "orders"), Reason.ObjectNotFound))
                .contains("does not accept connections");
    }

    @Test
    void aTableWeMayNotPassOn() {
        run("shop", "CREATE TABLE sales.returns (id int)");
        String message = refused(profile("shop", "sales", "orders", "returns"), Reason.GrantOptionMissing);
        assertThat(message).contains("as \"postgres\"").doesNotContain("orders");
        run("shop", message.substring(message.indexOf("GRANT SELECT")));

        Comparison comparison =
                shop.compare(entitlements(Shop.OTHER_PORT, profile("shop", "sales", "orders", "returns"), "taylor"));

        assertThat(comparison.plan().refusals()).isEmpty();
        assertThat(read("taylor", "shop", "SELECT * FROM sales.returns")).isEqualTo("ok");
    }

    @Test
    void columnsWeMayNotPassOn() {
        run(
                "shop",
                "CREATE TABLE sales.returns (id int, why text, who text)",
                "GRANT SELECT (id) ON sales.returns TO portcullis WITH GRANT OPTION");
        String message = refused(profile("shop", "sales", "returns(id,why)"), Reason.GrantOptionMissing);
        assertThat(message)
                .contains("GRANT SELECT (\"why\") ON TABLE \"sales\".\"returns\" TO \"portcullis\" WITH GRANT OPTION;");
        run("shop", message.substring(message.indexOf("GRANT SELECT")));

        shop.compare(entitlements(Shop.OTHER_PORT, profile("shop", "sales", "returns(id,why)"), "taylor"));

        assertThat(read("taylor", "shop", "SELECT id, why FROM sales.returns")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT who FROM sales.returns")).isEqualTo("42501");
    }

    @Test
    void aSchemaAndADatabaseWeMayNotPassOn() {
        run("postgres", "CREATE DATABASE lake");
        run("lake", "CREATE SCHEMA raw", "CREATE TABLE raw.events (id int)");
        assertThat(refused(profile("lake", "raw", "events"), Reason.GrantOptionMissing))
                .contains(
                        "GRANT CONNECT ON DATABASE \"lake\"",
                        "GRANT USAGE ON SCHEMA \"raw\"",
                        "TABLE \"raw\".\"events\"");
    }

    @Test
    void whoHoldsItKeepsTheRestOfATableThatWasDropped() {
        Set<Entitlement> wanted = entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor");
        shop.compare(wanted);
        run("shop", "DROP TABLE sales.order_items");

        Comparison comparison = shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor", "quinn"));

        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound, Reason.ObjectNotFound);
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(comparison.after().holds(entitlement(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor")))
                .isFalse();

        run("shop", "SET ROLE shop_owner", "CREATE TABLE sales.order_items (order_id int, sku text, quantity int)");
        Comparison healed = shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor", "quinn"));

        assertThat(healed.plan().refusals()).isEmpty();
        assertThat(read("taylor", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("ok");
        assertThat(read("quinn", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("ok");
    }

    @Test
    void whoHoldsItKeepsTheRestOfAColumnThatWasDropped() {
        Set<Entitlement> wanted = entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor");
        shop.compare(wanted);
        run("shop", "ALTER TABLE sales.order_items DROP COLUMN sku");

        Comparison comparison = shop.compare(wanted);

        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.plan().refusals().get(0).message()).contains("\"sku\"");
        assertThat(read("taylor", "shop", "SELECT quantity FROM sales.order_items"))
                .isEqualTo("ok");
        Comparison ended = shop.compare(Set.of());
        assertThat(ended.failures()).isEmpty();
        assertThat(ended.again().leftovers()).isEmpty();
        assertThat(query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'portcullis\\_orders%'"))
                .containsExactly("0");
    }

    @Test
    void aRenamedTableIsAnotherTable() {
        shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));
        run("shop", "ALTER TABLE sales.order_items RENAME TO lines");

        Comparison comparison = shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(read("taylor", "shop", "SELECT quantity FROM sales.lines")).isEqualTo("42501");
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    void everyKindOfTable() {
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE VIEW sales.a_view AS SELECT * FROM sales.orders",
                "CREATE MATERIALIZED VIEW sales.a_copy AS SELECT * FROM sales.orders",
                "CREATE TABLE sales.a_partitioned (id int) PARTITION BY RANGE (id)");
        Profile all = profile("shop", "sales", "a_view(id)", "a_copy", "a_partitioned");

        assertThat(shop.compare(entitlements(Shop.PORT, all, "taylor")).plan().refusals())
                .isEmpty();

        assertThat(read("taylor", "shop", "SELECT id FROM sales.a_view")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT customer FROM sales.a_view")).isEqualTo("42501");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.a_copy")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT count(*) FROM sales.a_partitioned"))
                .isEqualTo("ok");
        assertThat(readOrders("taylor")).isEqualTo("42501");
        shop.compare(Set.of());
        assertThat(read("taylor", "shop", "SELECT * FROM sales.a_copy")).isEqualTo("42501");
    }

    @Test
    void revokesActWhileTheDatabaseRefuses() {
        shop.compare(orders("taylor", "quinn"));
        shop.close();
        shop = Shop.as(Shop.OWNER);
        run("postgres", "REVOKE CONNECT ON DATABASE shop FROM portcullis_login");

        Comparison comparison = shop.compare(orders("quinn", "riley"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound, Reason.ObjectNotFound);
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(readOrders("quinn")).isEqualTo("ok");
        assertThat(readOrders("riley")).isEqualTo("42501");

        Comparison ended = shop.compare(Set.of());

        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(ended.after().entitlements()).isZero();
        assertThat(ended.again().changes()).isEmpty();
        assertThat(ended.again().leftovers()).isNotEmpty();
        run("postgres", "GRANT CONNECT ON DATABASE shop TO portcullis_login");
        assertThat(shop.compare(Set.of()).again().leftovers()).isEmpty();
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname = '" + shop.role() + "'"))
                .isEmpty();
    }

    @Test
    void aDatabaseThatWasDropped() {
        shop.compare(orders("taylor"));
        shop.close();
        shop = Shop.as(Shop.OWNER);
        run("postgres", "DROP DATABASE shop WITH (FORCE)");

        Comparison comparison = shop.compare(orders("taylor"));
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.failures()).isEmpty();

        shop.compare(Set.of());
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname = '" + shop.role() + "'"))
                .isEmpty();
    }
}
