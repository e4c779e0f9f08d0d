package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of relation that can be read: denied before, read after, denied after the revoke, by the consumer's own login. */
class KindsOfTablesTest {
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

    private static String reads(String table) {
        return read("taylor", "shop", "SELECT * FROM sales." + table);
    }

    private void grant(Profile profile) {
        Shop.Comparison comparison = shop.compare(entitlements(Shop.PORT, profile, "taylor"));
        assertThat(comparison.refused()).isEmpty();
        assertThat(comparison.failures()).isEmpty();
    }

    /** Whatever a test looks at in between, the access comes and goes. */
    private void comesAndGoes(String table, Runnable meanwhile) {
        assertThat(reads(table)).isEqualTo("42501");
        grant(profile("shop", "sales", table));
        assertThat(reads(table)).isEqualTo("ok");
        meanwhile.run();
        shop.compare(Set.of());
        assertThat(reads(table)).isEqualTo("42501");
    }

    @Test
    void aPartitionedTable() {
        asOwner(
                "CREATE TABLE sales.events (id int, at int) PARTITION BY RANGE (at)",
                "CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM (0) TO (10)",
                "INSERT INTO sales.events VALUES (1, 1)");

        comesAndGoes("events", () -> {
            assertThat(reads("events_1")).as("not by its own name").isEqualTo("42501");
            asOwner(
                    "CREATE TABLE sales.events_2 PARTITION OF sales.events FOR VALUES FROM (10) TO (20)",
                    "INSERT INTO sales.events VALUES (2, 11)");
            assertThat(read("taylor", "shop", "SELECT 1 / count(*) FROM sales.events WHERE at > 10"))
                    .as("a new one through its parent")
                    .isEqualTo("ok");
            assertThat(reads("events_2")).isEqualTo("42501");
        });
    }

    @Test
    void aPartitionByItself() {
        asOwner(
                "CREATE TABLE sales.events (id int, at int) PARTITION BY RANGE (at)",
                "CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM (0) TO (10)",
                "INSERT INTO sales.events VALUES (1, 1)");

        comesAndGoes("events_1", () -> {
            assertThat(reads("events")).isEqualTo("42501");
            asOwner("ALTER TABLE sales.events DETACH PARTITION sales.events_1");
            assertThat(reads("events_1")).as("it stays what was agreed").isEqualTo("ok");
        });
    }

    @Test
    void aTableWithHeirs() {
        asOwner(
                "CREATE TABLE sales.parents (id int)",
                "CREATE TABLE sales.children (secret text) INHERITS (sales.parents)",
                "INSERT INTO sales.children VALUES (1, 'x')");

        comesAndGoes("parents", () -> {
            assertThat(read("taylor", "shop", "SELECT 1 / count(*) FROM sales.parents"))
                    .as("the heirs' rows too, in the parent's columns")
                    .isEqualTo("ok");
            assertThat(reads("children")).isEqualTo("42501");
        });
    }

    @Test
    void aView() {
        asOwner("CREATE VIEW sales.german AS SELECT id FROM sales.orders WHERE country = 'DE'");

        comesAndGoes("german", () -> assertThat(reads("orders")).isEqualTo("42501"));
    }

    @Test
    void aViewThatIsABarrier() {
        asOwner(
                "CREATE VIEW sales.german WITH (security_barrier) AS SELECT id, amount FROM sales.orders WHERE country = 'DE'");

        comesAndGoes("german", () -> {
            assertThat(reads("orders")).isEqualTo("42501");
            grant(profile("shop", "sales", "german(id)"));
            assertThat(read("taylor", "shop", "SELECT id FROM sales.german")).isEqualTo("ok");
            assertThat(read("taylor", "shop", "SELECT amount FROM sales.german"))
                    .isEqualTo("42501");
        });
    }

    @Test
    void aMaterializedView() {
        asOwner("CREATE MATERIALIZED VIEW sales.stored AS SELECT id FROM sales.orders");

        comesAndGoes("stored", () -> {
            asOwner("REFRESH MATERIALIZED VIEW sales.stored");
            assertThat(reads("stored")).as("after a refresh").isEqualTo("ok");
            assertThat(reads("orders")).isEqualTo("42501");
        });
    }

    @Test
    void aForeignTable(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("rates.csv"), "EUR,1\n");
        dir.toFile().setExecutable(true, false);
        dir.toFile().setReadable(true, false);
        file.toFile().setReadable(true, false);
        run(
                "shop",
                "CREATE EXTENSION file_fdw",
                "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE sales.rates (currency text, rate int) SERVER files OPTIONS (filename '" + file
                        + "', format 'csv')",
                "GRANT SELECT ON sales.rates TO portcullis WITH GRANT OPTION");

        comesAndGoes("rates", () -> {
            grant(profile("shop", "sales", "rates(currency)"));
            assertThat(read("taylor", "shop", "SELECT currency FROM sales.rates"))
                    .isEqualTo("ok");
            assertThat(read("taylor", "shop", "SELECT rate FROM sales.rates")).isEqualTo("42501");
        });
    }

    @Test
    void whatIsNoTableIsSaidToBeNone() throws Exception {
        asOwner(
                "CREATE SEQUENCE sales.numbers",
                "CREATE TYPE sales.pair AS (a int, b int)",
                "CREATE INDEX by_country ON sales.orders (country)");
        Profile wrong = profile("shop", "sales", "numbers", "pair", "by_country");

        assertThat(shop.session.look(Set.of(wrong)).get(wrong).fault()).hasValueSatisfying(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.ObjectNotFound);
            assertThat(fault.message())
                    .contains(
                            "\"sales\".\"numbers\" is of kind SEQUENCE",
                            "\"sales\".\"pair\" is of kind TYPE",
                            "\"sales\".\"by_country\" is of kind INDEX",
                            "take it off the port");
        });
        Shop.Comparison comparison = shop.compare(entitlements(Shop.PORT, wrong, "taylor"));
        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.plan().changes()).isEmpty();
    }
}
