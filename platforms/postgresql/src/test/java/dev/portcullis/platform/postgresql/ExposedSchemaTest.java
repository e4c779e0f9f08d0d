package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.Profile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** USAGE on a schema opens what PUBLIC may do there; and what a port offers whole is told column by column. */
class ExposedSchemaTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ObjectsFound look(Profile profile) throws Exception {
        return shop.session.look(Set.of(profile)).get(profile);
    }

    private Optional<Notice> exposed(Profile profile) throws Exception {
        return look(profile).notices().stream()
                .filter(notice -> notice.type() == Notice.Type.SchemaExposed)
                .findFirst();
    }

    @Test
    void aFunctionThatRunsAsItsOwnerIsOpenedByTheGrant() throws Exception {
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE FUNCTION sales.\"Margin of\"(int, \"sales\".internal) RETURNS bigint LANGUAGE sql"
                        + " AS 'SELECT sum(margin) FROM sales.order_items'",
                "CREATE FUNCTION sales.margin() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
                        + " AS 'SELECT sum(margin) FROM sales.order_items'",
                "CREATE PROCEDURE sales.wipe() LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM sales.orders'",
                "CREATE FUNCTION sales.on_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
                        + " AS 'BEGIN RETURN NEW; END'");
        assertThat(read("taylor", "shop", "SELECT sales.margin()")).isEqualTo("42501");
        shop.compare(orders("taylor"));
        assertThat(read("taylor", "shop", "SELECT sales.margin()"))
                .as("by USAGE, which comes along")
                .isEqualTo("ok");

        Notice notice = exposed(Shop.ORDERS).orElseThrow();
        assertThat(notice.reason()).isEqualTo("FunctionsOfPublic");
        assertThat(notice.message())
                .contains(
                        "schema \"sales\" of database \"shop\"",
                        "sales.margin() as \"shop_owner\"",
                        "REVOKE EXECUTE ON ROUTINE sales.margin() FROM PUBLIC;",
                        "REVOKE EXECUTE ON ROUTINE sales.wipe() FROM PUBLIC;")
                .doesNotContain("Margin of", "on_change");
        assertThat(look(Shop.ORDERS).fault())
                .as("it can be granted all the same")
                .isEmpty();

        run(
                "shop",
                "REVOKE EXECUTE ON ROUTINE sales.margin() FROM PUBLIC;"
                        + " REVOKE EXECUTE ON ROUTINE sales.wipe() FROM PUBLIC;");
        assertThat(exposed(Shop.ORDERS)).isEmpty();
        assertThat(read("taylor", "shop", "SELECT sales.margin()")).isEqualTo("42501");
    }

    @Test
    void aTableOfPublicIsOpenedByTheGrant() throws Exception {
        run(
                "shop",
                "SET ROLE shop_owner",
                "GRANT SELECT ON sales.internal TO PUBLIC",
                "GRANT SELECT (sku) ON sales.order_items TO PUBLIC");
        shop.compare(orders("taylor"));
        assertThat(read("taylor", "shop", "SELECT * FROM sales.internal")).isEqualTo("ok");

        Notice notice = exposed(Shop.ORDERS).orElseThrow();
        assertThat(notice.reason()).isEqualTo("TablesOfPublic");
        assertThat(notice.message())
                .contains(
                        "\"sales\".\"internal\", \"sales\".\"order_items\"",
                        "REVOKE SELECT ON \"sales\".\"internal\" FROM PUBLIC;");
        assertThat(exposed(profile("shop", "sales", "orders", "internal", "order_items(sku)")))
                .as("what is on the port is another matter")
                .isEmpty();
    }

    @Test
    void aCrowdOfThemIsListedShortly() throws Exception {
        run(
                "shop",
                "DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE format("
                        + "'CREATE FUNCTION sales.f%s() RETURNS int LANGUAGE sql SECURITY DEFINER AS ''SELECT 1''', i);"
                        + " END LOOP; END $$");

        assertThat(exposed(Shop.ORDERS).orElseThrow().message())
                .contains("and 95 more")
                .hasSizeLessThan(2000);
    }

    @Test
    void whatIsOfferedWholeIsToldByColumn() throws Exception {
        Profile profile = profile("shop", "sales", "orders", "order_items(sku)", "missing");

        assertThat(look(profile).whole())
                .isEqualTo(Map.of("orders", Set.of("id", "customer", "country", "amount"), "missing", Set.of()));

        run("shop", "ALTER TABLE sales.orders DROP COLUMN amount", "ALTER TABLE sales.orders ADD COLUMN email text");
        assertThat(look(profile).whole().get("orders")).containsExactlyInAnyOrder("id", "customer", "country", "email");
    }
}
