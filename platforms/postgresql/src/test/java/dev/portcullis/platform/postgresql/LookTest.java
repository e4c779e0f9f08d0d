package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look at what ports offer: are the objects there, and are they still the same? */
class LookTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ObjectsFound look(Profile profile) throws PlatformUnavailableException {
        return shop.session.look(Set.of(profile)).get(profile);
    }

    /** As dbt does: a new table beside the old one, renamed into its place. */
    private static void rebuild() {
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE TABLE sales.orders_new (id int, customer text, country text, amount int)",
                "INSERT INTO sales.orders_new SELECT * FROM sales.orders",
                "ALTER TABLE sales.orders RENAME TO orders_old",
                "ALTER TABLE sales.orders_new RENAME TO orders",
                "DROP TABLE sales.orders_old");
    }

    @Test
    void aRebuiltTableIsAnotherOne() throws Exception {
        ObjectsFound before = look(Shop.ORDERS);
        assertThat(before.fault()).isEmpty();
        assertThat(look(Shop.ORDERS)).isEqualTo(before);

        rebuild();

        ObjectsFound after = look(Shop.ORDERS);
        assertThat(after.identity()).isNotEqualTo(before.identity());
        assertThat(after.fault()).as("by the default privileges").isEmpty();
    }

    @Test
    void aRebuiltTableIsGrantedAgain() {
        shop.compare(orders("taylor"));
        rebuild();
        assertThat(readOrders("taylor")).isEqualTo("42501");

        Shop.Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    void aColumnThatWasDroppedAndAddedAgainIsAnotherOne() throws Exception {
        ObjectsFound before = look(Shop.SOME_COLUMNS);

        run(
                "shop",
                "SET ROLE shop_owner",
                "ALTER TABLE sales.orders DROP COLUMN country",
                "ALTER TABLE sales.orders ADD COLUMN country text");

        assertThat(look(Shop.SOME_COLUMNS).identity()).isNotEqualTo(before.identity());
    }

    @Test
    void aColumnThatWasRenamedIsMissing() throws Exception {
        run("shop", "SET ROLE shop_owner", "ALTER TABLE sales.orders RENAME COLUMN country TO land");

        assertThat(look(Shop.SOME_COLUMNS).fault()).hasValueSatisfying(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.ObjectNotFound);
            assertThat(fault.message()).contains("country");
        });
    }

    @Test
    void whatIsMissingAndWhatCannotBePassedOnIsSaid() throws Exception {
        assertThat(look(Shop.profile("shop", "sales", "oders")).fault())
                .hasValueSatisfying(fault -> assertThat(fault.message()).contains("oders"));
        assertThat(look(Shop.profile("shop", "nowhere", "orders")).fault())
                .hasValueSatisfying(fault -> assertThat(fault.message()).contains("nowhere"));
        assertThat(look(Shop.profile("nosuch", "sales", "orders")).fault())
                .hasValueSatisfying(fault -> assertThat(fault.message()).contains("nosuch"));
        run("shop", "SET ROLE shop_owner", "REVOKE SELECT ON sales.internal FROM portcullis");
        assertThat(look(Shop.profile("shop", "sales", "internal")).fault()).hasValueSatisfying(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.GrantOptionMissing);
            assertThat(fault.message()).contains("WITH GRANT OPTION");
        });
    }

    @Test
    void aDatabaseThatLetsNobodyInIsSaid() throws Exception {
        run("postgres", "REVOKE CONNECT ON DATABASE shop FROM portcullis_login");
        run("postgres", "ALTER DATABASE shop WITH ALLOW_CONNECTIONS false");
        try {
            assertThat(look(Shop.ORDERS).fault())
                    .hasValueSatisfying(fault -> assertThat(fault.message()).contains("shop"));
        } finally {
            run("postgres", "ALTER DATABASE shop WITH ALLOW_CONNECTIONS true");
        }
    }
}
