package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that are not in UTF-8, and names they have no characters for. */
class EncodingTest {
    private static final String JAPAN = "\u65e5\u672c";
    private static final String MUELLER = "m\u00fcller";

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static void legacy(String encoding) {
        run(
                "postgres",
                "CREATE DATABASE legacy TEMPLATE template0 ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C'",
                "GRANT CONNECT ON DATABASE legacy TO portcullis WITH GRANT OPTION");
        run(
                "legacy",
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.orders (id int)",
                "GRANT USAGE ON SCHEMA sales TO portcullis WITH GRANT OPTION",
                "GRANT SELECT ON sales.orders TO portcullis WITH GRANT OPTION");
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN1, legacy, sales, " + JAPAN + ", " + JAPAN,
        "LATIN1, legacy, sales, 'orders(id," + JAPAN + ")', " + JAPAN,
        "LATIN1, legacy, " + JAPAN + ", orders, " + JAPAN,
        "EUC_JP, legacy, sales, \u20ac, \u20ac",
        // what Java's EUC-JP has, and the server's has not
        "EUC_JP, legacy, sales, \u00a5, \u00a5"
    })
    void anObjectThatCannotBeThereIsNotFoundAndAllOthersAre(
            String encoding, String database, String schema, String table, String missing) {
        legacy(encoding);
        shop.compare(orders("taylor", "quinn"));
        Profile impossible = Shop.profile(database, schema, table);

        Comparison comparison = shop.compare(both(
                both(orders("taylor"), entitlements(Shop.OTHER_PORT, impossible, "sam")),
                entitlements(Shop.OTHER_PORT, Shop.profile("legacy", "sales", "orders"), "riley")));

        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.plan().refusals().get(0).message()).contains(missing);
        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(read("riley", "legacy", "SELECT count(*) FROM sales.orders")).isEqualTo("ok");
    }

    @Test
    void namesThatTheEncodingHasAreFound() {
        legacy("LATIN1");
        run(
                "legacy",
                "CREATE TABLE sales." + MUELLER + " (" + MUELLER + " int)",
                "GRANT SELECT ON sales." + MUELLER + " TO portcullis WITH GRANT OPTION");
        Profile possible = Shop.profile("legacy", "sales", MUELLER + "(" + MUELLER + ")");
        Profile impossible = Shop.profile("legacy", "sales", MUELLER + "(" + JAPAN + ")");

        Comparison comparison = shop.compare(
                both(entitlements(Shop.PORT, possible, "taylor"), entitlements(Shop.OTHER_PORT, impossible, "quinn")));

        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.failures()).isEmpty();
        assertThat(read("taylor", "legacy", "SELECT count(" + MUELLER + ") FROM sales." + MUELLER))
                .isEqualTo("ok");
    }

    @Test
    void aPrincipalOrADatabaseThatTheFirstDatabaseCannotNameIsNotFoundAndAllOthersAre() {
        legacy("LATIN1");
        run("legacy", "GRANT CONNECT ON DATABASE legacy TO portcullis_login", "CREATE ROLE " + MUELLER + " LOGIN");
        PostgresqlServer it = Shop.server("portcullis");
        PostgresqlServer first =
                new PostgresqlServer(it.host(), it.port(), "legacy", it.role(), it.sslMode(), null, it.credentials());
        Set<Entitlement> elsewhere = entitlements(Shop.OTHER_PORT, Shop.profile(JAPAN, "sales", "orders"), "sam");
        try (Shop latin = Shop.as(Shop.OWNER, first, "portcullis_login")) {
            Comparison comparison = latin.compare(both(orders("taylor", JAPAN, MUELLER), elsewhere));

            assertThat(comparison.refused()).containsExactlyInAnyOrder(Reason.PrincipalNotFound, Reason.ObjectNotFound);
            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.after().holds(Shop.entitlement(Shop.PORT, Shop.ORDERS, MUELLER)))
                    .isTrue();
            assertThat(readOrders("taylor")).isEqualTo("ok");
        } finally {
            // its name is readable in this database only
            run("legacy", "DROP ROLE " + MUELLER);
        }
    }

    /** Whoever owns anything in a database without an encoding can grant on it to our role, and call it what no client can read. */
    @Test
    void aDatabaseThatCannotBeReadIsRefusedAloneWithoutAnOutage() {
        legacy("SQL_ASCII");
        Set<Entitlement> there = entitlements(Shop.OTHER_PORT, Shop.profile("legacy", "sales", "orders"), "riley");
        shop.compare(orders("taylor", "quinn"));
        run(
                "legacy",
                "CREATE TABLE public.garbled (id int)",
                "GRANT SELECT ON public.garbled TO " + shop.role(),
                "UPDATE pg_class SET relname = convert_from('\\xff', 'SQL_ASCII') WHERE relname = 'garbled'");

        Comparison comparison = shop.compare(both(orders("taylor"), there));

        assertThat(comparison.refused()).containsExactly(Reason.ObjectNotFound);
        assertThat(comparison.plan().refusals().get(0).message()).contains("\"legacy\"");
        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(comparison.again().leftovers()).isNotEmpty();
    }
}
