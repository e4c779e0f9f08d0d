package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.sql.Identifier.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a name legally has in it, it is a name and nothing else. */
class NamesTest {
    static Stream<String> names() {
        return Stream.of(
                "a\"b",
                "\"",
                "a'b",
                "a;b",
                "a b",
                " ",
                "a\\b",
                "$$",
                "?",
                "{fn now()}",
                "%s",
                "--",
                "/*",
                "x\"; DROP TABLE sales.orders; --",
                "') OR true --",
                "select",
                "Users",
                "\u00fcml\u00e4ut",
                "\u6570\u636e",
                "\ud83d\ude80",
                "e\u0301",
                "a".repeat(63),
                "\u00e4".repeat(31),
                "{a,b}",
                "NULL",
                "a,b");
    }

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.fresh();
        run("postgres", "GRANT CREATE ON DATABASE shop TO shop_owner");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** A database takes longest to create: the nastiest names only. */
    static Stream<String> databases() {
        return Stream.of(
                "a\"b;", "?x=%s&user=postgres", "a/b#c\\", "{fn now()} --", "\u00fc \ud83d\ude80", "a".repeat(63));
    }

    @ParameterizedTest
    @MethodSource("names")
    void worksForLoginsSchemasTablesAndColumns(String name) {
        works("shop", name);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void worksForDatabases(String name) {
        run("postgres", "CREATE DATABASE " + quote(name));
        run("postgres", "GRANT CONNECT ON DATABASE " + quote(name) + " TO portcullis WITH GRANT OPTION");
        works(name, name);
        run("postgres", "DROP DATABASE " + quote(name) + " WITH (FORCE)");
    }

    private static void works(String database, String name) {
        String principal = "u" + name.substring(name.offsetByCodePoints(0, 1));
        String table = quote(name, name);
        run("postgres", "CREATE ROLE " + quote(principal) + " LOGIN");
        run(
                database,
                "CREATE SCHEMA " + quote(name),
                "CREATE TABLE " + table + " (" + quote(name) + " int, \"denied one\" int)",
                "CREATE TABLE " + quote(name, "whole") + " (id int)",
                "INSERT INTO " + table + " VALUES (1, 2)",
                "INSERT INTO " + quote(name, "whole") + " VALUES (1)",
                "GRANT USAGE ON SCHEMA " + quote(name) + " TO portcullis WITH GRANT OPTION",
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + quote(name) + " TO portcullis WITH GRANT OPTION");
        List<String> before = catalogue(database);
        PortId port = new PortId("uid " + name, "ns " + name, name);
        Profile profile = Shop.profile(new PostgresqlObjects(
                database, name, List.of(new Table(name, List.of(name)), new Table("whole", null)), null));
        try (Shop named = Shop.as(new Owner(name, "p" + name))) {
            Comparison comparison = named.compare(Shop.entitlements(port, profile, principal));

            assertThat(comparison.plan().refusals()).isEmpty();
            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.again().changes()).isEmpty();
            assertThat(comparison.after().entitlementsByPort()).containsEntry(port.uid(), 1);
            assertThat(read(principal, database, "SELECT " + quote(name) + " FROM " + table))
                    .isEqualTo("ok");
            assertThat(read(principal, database, "SELECT * FROM " + quote(name, "whole")))
                    .isEqualTo("ok");
            assertThat(read(principal, database, "SELECT \"denied one\" FROM " + table))
                    .isEqualTo("42501");

            named.compare(Set.of());
            assertThat(read(principal, database, "SELECT " + quote(name) + " FROM " + table))
                    .isEqualTo("42501");
            assertThat(catalogue(database)).isEqualTo(before);
        } finally {
            run(database, "DROP SCHEMA " + quote(name) + " CASCADE");
            run("postgres", "DROP ROLE " + quote(principal));
        }
    }
}
