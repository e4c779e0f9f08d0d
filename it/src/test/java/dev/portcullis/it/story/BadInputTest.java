package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.Await;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the schema takes and the world does not have: each ends in a sentence on the object concerned, and nothing else is disturbed. All tests
 * share one story, with an agreement that has nothing to do with any of it.
 */
class BadInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WRONG_PASSWORD = "not-the-password-4711";
    private static final String EVERYTHING_IS_WELL = "the operator lives, and who has nothing to do with it reads on";

    private static Installation installation;
    private static Story story;
    private static Set<Long> operators;
    private static LogFromNowOn log;

    @BeforeAll
    static void aBystanderHasAccess() {
        installation = Installation.get();
        story = installation.newStory();
        operators = operators();
        log = new LogFromNowOn(installation);
        story.offer("items", "[{name: order_items}]", "autoApprove: true");
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("bystander", "items", story.taylor, "");
        story.awaitPhase("bystander", Phase.Active);
    }

    @AfterEach
    void everythingElseIsWell() {
        assertThat(operators()).as(EVERYTHING_IS_WELL).isEqualTo(operators);
        assertThat(installation.operator().isLive()).as(EVERYTHING_IS_WELL).isTrue();
        assertThat(installation.operator().isReady()).as(EVERYTHING_IS_WELL).isTrue();
        assertThat(story.agreement("bystander").getStatus().phase())
                .as(EVERYTHING_IS_WELL)
                .isEqualTo(Phase.Active);
        assertThat(story.reads(story.taylor, "order_items"))
                .as(EVERYTHING_IS_WELL)
                .isTrue();
        assertThat(log.faults()).as("bad input is no fault of the operator's").isEmpty();
        assertThat(log.text())
                .doesNotContain(WRONG_PASSWORD)
                .doesNotContain(installation.shop().operatorPassword());
    }

    // ------------------------------------------------------------------------------------------ dates

    @Test
    void datesThatDoNotExist() {
        Map<String, String> dates = new LinkedHashMap<>();
        dates.put("start: 2026-02-30", "spec.start 2026-02-30 is not a date that exists");
        dates.put("start: 2026-12-01T25:00:00Z", "spec.start 2026-12-01T25:00:00Z is not a date that exists");
        dates.put("start: 2026-12-01T08:00:00+99:00", "2026-12-01T08:00:00+99:00 is not a date that exists");
        dates.put("end: 2027-13-01", "spec.end 2027-13-01 is not a date that exists");
        dates.put("end: 2027-02-29", "spec.end 2027-02-29 is not a date that exists");
        dates.put("end: 2027-03-31T23:59:60Z", "spec.end 2027-03-31T23:59:60Z is not a date that exists");
        dates.put("end: 0000-00-00", "spec.end 0000-00-00 is not a date that exists");
        dates.put("{start: 2027-04-01, end: 2027-03-31}", "spec.end 2027-03-31 is not after spec.start 2027-04-01");
        List<String> cases = List.copyOf(dates.keySet());
        for (int i = 0; i < cases.size(); i++) {
            story.request("date-" + i, "items", story.quinn, asLines(cases.get(i)));
        }
        for (int i = 0; i < cases.size(); i++) {
            DataUsageAgreement invalid = story.awaitPhase("date-" + i, Phase.Invalid);
            assertReady(invalid, "DatesInvalid", dates.get(cases.get(i)), "request another agreement");
            assertThat(condition(invalid, "Stalled").status()).isEqualTo(Condition.Status.True);
            assertThat(invalid.getStatus().approval().status()).isEqualTo(ApprovalStatus.Requested);
            assertThat(invalid.getStatus().approval().decisions()).isEmpty();
        }
    }

    @Test
    void datesFarAway() {
        story.request("year-9999", "items", story.quinn, "end: 9999-12-31");
        story.request("year-0", "items", story.quinn, "start: 0000-01-01");
        story.request(
                "nanoseconds",
                "items",
                story.quinn,
                "end: \"9999-12-31T23:59:59.999999999-18:00\"\n  start: 2020-02-29");
        story.request("over", "items", story.quinn, "end: 0000-01-01");
        story.awaitPhase("year-9999", Phase.Active);
        story.awaitPhase("year-0", Phase.Active);
        story.awaitPhase("nanoseconds", Phase.Active);
        story.awaitPhase("over", Phase.Expired);
        List.of("year-9999", "year-0", "nanoseconds").forEach(story::delete);
    }

    // ------------------------------------------------------------------------------------------ what is not there

    @Test
    void aPlatformThatIsNotThere() {
        port("nowhere", "nowhere-" + story.checkout, "shop", "sales", "[{name: orders}]");
        request("nowhere", "nowhere", user(story.quinn), "");
        assertThat(awaitPort("nowhere", "PlatformNotFound").message())
                .contains("there is no DataPlatform nowhere-" + story.checkout)
                .contains("the platform team creates it");
        assertReady(story.awaitPhase("nowhere", Phase.Invalid), "PlatformNotFound", "no DataPlatform nowhere-");

        platform("nowhere-" + story.checkout, "", "principals: {user: \"name.split('@')[0]\"}");
        story.awaitPhase("nowhere", Phase.Active);
        story.delete("nowhere");
    }

    @Test
    void aPlatformThatExposesSomethingElse() {
        String nothing = "nothing-" + story.checkout;
        String others = "others-" + story.checkout;
        platformExposing(nothing, "[]");
        platformExposing(
                others,
                "[{namespaces: [$marketing], postgresql: [{database: shop, schemas: [sales]}]},"
                        + " {namespaces: [$checkout], postgresql: [{database: shop, schemas: [finance]},"
                        + " {database: postgres, schemas: [sales]}]}, {namespaces: [$checkout]}]");
        port("nothing", nothing, "shop", "sales", "[{name: orders}]");
        port("others", others, "shop", "sales", "[{name: orders}]");
        for (String name : List.of("nothing", "others")) {
            request(name, name, user(story.quinn), "");
            assertThat(awaitPort(name, "NotExposed").message())
                    .contains("does not expose schema \"sales\" of database \"shop\" to namespace " + story.checkout)
                    .contains("spec.exposes");
            assertReady(story.awaitPhase(name, Phase.Invalid), "NotExposed", "spec.exposes");
        }

        platformExposing(nothing, "[{namespaces: [$checkout], postgresql: [{database: shop, schemas: [sales]}]}]");
        story.awaitPhase("nothing", Phase.Active);
        story.delete("nothing");
    }

    @Test
    void tablesAndColumnsThatAreNotThere() {
        story.offer(
                "lacking",
                "[{name: orders}, {name: gone}, {name: order_items, columns: [sku, colour]}]",
                "autoApprove: true");
        story.request("lacking", "lacking", story.quinn, "");
        assertNotGranted(
                "lacking", "ObjectNotFound", "\"sales\".\"gone\"", "\"colour\"", "create it, or take it off the port");
        assertThat(story.holders(story.portUid("lacking"))).isEmpty();

        installation
                .shop()
                .execute(
                        "shop",
                        "SET ROLE shop_owner; CREATE TABLE sales.gone (); ALTER TABLE sales.order_items ADD colour text");
        story.awaitPhase("lacking", Phase.Active);
        story.delete("lacking");
    }

    @Test
    void tablesThatTheOperatorMayNotPassOn() {
        installation
                .shop()
                .execute(
                        "shop",
                        "CREATE TABLE sales.\"of; another\" (a int); GRANT SELECT ON sales.\"of; another\" TO portcullis");
        story.offer("kept", "[{name: \"of; another\"}]", "autoApprove: true");
        story.request("kept", "kept", story.quinn, "");
        String message = assertNotGranted("kept", "GrantOptionMissing", "as \"postgres\", run: ");

        // what the message says to run, as it stands there
        String statement = message.substring(message.indexOf("run: ") + "run: ".length());
        installation.shop().execute("shop", statement.substring(0, statement.lastIndexOf(';') + 1));
        story.awaitPhase("kept", Phase.Active);
        assertThat(story.reads(story.quinn, "\"of; another\"")).isTrue();
        story.delete("kept");
    }

    // ------------------------------------------------------------------------------------------ principals

    @Test
    void principalRulesThatAreNotCel() {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        rules.put("name.split('@'", List.of("spec.principals.user is not usable", "1:15"));
        rules.put("size(name)", List.of("spec.principals.user is not usable", "1:5", "int", "string"));
        rules.put("username", List.of("spec.principals.user is not usable", "1:1", "username"));
        rules.put("name.frobnicate()", List.of("spec.principals.user is not usable", "1:16", "frobnicate"));
        rules.put("((((((((((".repeat(100), List.of("spec.principals.user is not usable"));
        List<String> cases = List.copyOf(rules.keySet());
        for (int i = 0; i < cases.size(); i++) {
            platform("rule-" + i + "-" + story.checkout, "", "principals: {user: " + json(cases.get(i)) + "}");
        }
        for (int i = 0; i < cases.size(); i++) {
            Condition ready = awaitPlatform("rule-" + i + "-" + story.checkout, "PrincipalRulesInvalid");
            assertThat(ready.message()).contains(rules.get(cases.get(i)));
        }

        String first = "rule-0-" + story.checkout;
        port("ruled", first, "shop", "sales", "[{name: orders}]");
        request("ruled", "ruled", user(story.quinn), "");
        assertNotGranted("ruled", "PrincipalInvalid", "principals.user is not usable");
        patchPlatform(first, "{\"principals\":{\"user\":\"name.split('@')[0]\"}}");
        story.awaitPhase("ruled", Phase.Active);
        awaitPlatform(first, "Comparing");
        story.delete("ruled");
    }

    /** A rule that works for most is no reason to stop for all. */
    @Test
    void principalRulesThatFailForOne() {
        String name = "partial-" + story.checkout;
        platform(name, "", "principals: {user: " + json("name == 'blank' ? '  ' : name.split('@')[1]") + "}");
        port("partial", name, "shop", "sales", "[{name: orders}]");
        request("partial-none", "partial", user("nodomain"), "");
        request("partial-blank", "partial", user("blank"), "");
        request("partial-good", "partial", user("x@" + Story.login(story.quinn)), "");

        story.awaitPhase("partial-good", Phase.Active);
        assertNotGranted("partial-none", "PrincipalInvalid", "principals.user cannot be evaluated for nodomain");
        assertNotGranted(
                "partial-blank", "PrincipalInvalid", "principals.user gives no name of 1 to 256 characters for blank");
        assertThat(awaitPlatform(name, "Comparing").status()).isEqualTo(Condition.Status.True);
        assertThat(story.holders(story.portUid("partial"))).containsExactly(Story.login(story.quinn));
        story.delete("partial-good");
    }

    @Test
    void principalsOfAllKinds() {
        String unique = story.checkout;
        String platform = "names-" + unique;
        platform(platform, "", "");
        port("names", platform, "shop", "sales", "[{name: orders}]");

        List<String> good = List.of(
                "o'hara \"" + unique + "\"; DROP ROLE " + Story.login(story.taylor) + "; --",
                "  " + unique + " with spaces  ",
                "Ünïcödé 名前 🚀 " + unique,
                "back\\slash %s $1 {fn now()} ? " + unique,
                filled(unique, 'n', 63),
                filled(unique, 'é', 63),
                "CamelCase-" + unique);
        good.forEach(installation.shop()::createLogin);

        Map<String, String> refused = new LinkedHashMap<>();
        refused.put(filled(unique, 'y', 63) + "y", "has 64 bytes as UTF-8; PostgreSQL keeps 63");
        refused.put("a" + "🚀".repeat(255), "has 1021 bytes as UTF-8; PostgreSQL keeps 63");
        refused.put("a\tb", "has a control character in it");
        refused.put("a\u0000b", "has a control character in it");
        refused.put("a\nb", "has a control character in it");
        refused.put("postgres", "\"postgres\" is a superuser, whom no grant limits");
        refused.put("public", "\"public\" is a name reserved");
        refused.put("none", "\"none\" is a name reserved");
        refused.put("pg_read_all_data", "\"pg_read_all_data\" is a name reserved");
        refused.put("portcullis", "\"portcullis\" is the operator's own role");
        refused.put("portcullis_login", "\"portcullis_login\" is ");
        refused.put("portcullis_orders_0123456789abcdef", "is a name reserved");
        refused.put("shop_owner", "\"shop_owner\" cannot log in");
        // what the names above and below would be cut or folded to
        installation.shop().createLogin(filled(unique, 'y', 63));
        installation.shop().createLogin("camelcase-" + unique + "-b");

        Map<String, String> absent = new LinkedHashMap<>();
        absent.put("CamelCase-" + unique + "-B", "the server has no login \"CamelCase-" + unique + "-B\" (yet)");
        absent.put("x\"; DROP ROLE \"" + story.quinn, "CREATE ROLE \"x\"\"; DROP ROLE \"\"" + story.quinn + "\" LOGIN");

        Map<String, String> agreements = new LinkedHashMap<>();
        good.forEach(name -> agreements.put(name, "name-" + agreements.size()));
        refused.keySet().forEach(name -> agreements.put(name, "name-" + agreements.size()));
        absent.keySet().forEach(name -> agreements.put(name, "name-" + agreements.size()));
        agreements.forEach((name, agreement) -> request(agreement, "names", user(name), ""));

        for (String name : good) {
            DataUsageAgreement active = story.awaitPhase(agreements.get(name), Phase.Active);
            assertThat(active.getStatus().provisioning().principals()).containsExactly(name);
            assertThat(installation
                            .shop()
                            .query(name, "SELECT count(*) FROM sales.orders")
                            .error())
                    .isEmpty();
        }
        refused.forEach((name, message) -> assertNotGranted(agreements.get(name), "PrincipalRefused", message));
        absent.forEach((name, message) -> assertNotGranted(agreements.get(name), "PrincipalNotFound", message));
        assertThat(story.holders(story.portUid("names"))).isEqualTo(Set.copyOf(good));

        agreements.values().forEach(story::delete);
        Installation.await(
                "all gone",
                () -> story.holders(story.portUid("names")).isEmpty()
                        && agreements.values().stream().allMatch(name -> story.agreement(name) == null));
        assertThat(installation
                        .shop()
                        .query(good.get(0), "SELECT count(*) FROM sales.orders")
                        .allowed())
                .isFalse();
    }

    @Test
    void aPrincipalThatComesLater() {
        String person = "late-" + story.quinn;
        request("late", "orders", user(person), "");
        assertNotGranted("late", "PrincipalNotFound", "CREATE ROLE \"late-" + Story.login(story.quinn) + "\" LOGIN");
        long generation = story.agreement("late").getMetadata().getGeneration();

        installation.shop().createLogin(Story.login(person));
        DataUsageAgreement active = story.awaitPhase("late", Phase.Active);
        assertThat(active.getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(story.reads(person, "orders")).isTrue();
        story.delete("late");
    }

    @Test
    void twoUsersWithOnePrincipal() {
        String login = "pair-" + Story.login(story.quinn);
        installation.shop().createLogin(login);
        String one = login + "@example.com";
        String other = login + "@other.example.org";
        request("first", "orders", user(one), "");
        DataUsageAgreement first = story.awaitPhase("first", Phase.Active);
        request("second", "orders", user(other), "");
        request("third", "items", user(other), "");
        for (String later : List.of("second", "third")) {
            assertNotGranted(
                    later,
                    "PrincipalShared",
                    other + " and " + one + " are both called " + login,
                    "only the earlier has the access",
                    "spec.principals");
        }
        first = story.agreement("first");
        assertThat(first.getStatus().phase()).isEqualTo(Phase.Active);
        assertThat(condition(first, "Granted").reason()).isEqualTo("Granted");
        assertThat(story.holders(story.portUid("items"))).doesNotContain(login);

        story.delete("first");
        story.awaitPhase("second", Phase.Active);
        story.awaitPhase("third", Phase.Active);
        List.of("second", "third").forEach(story::delete);
    }

    // ------------------------------------------------------------------------------------------ names of objects

    @Test
    void databasesSchemasTablesAndColumnsOfAllNames() throws SQLException {
        String database = "sh\"op '; DROP DATABASE shop; --?x=1&y/ü%20+" + story.checkout;
        String schema = "sché ma'\"; --";
        ShopDatabase shop = installation.shop();
        shop.execute("postgres", "CREATE DATABASE " + quoted(database));
        shop.execute(url(database), """
                GRANT CONNECT ON DATABASE %1$s TO portcullis WITH GRANT OPTION;
                CREATE SCHEMA %2$s;
                GRANT USAGE ON SCHEMA %2$s TO portcullis WITH GRANT OPTION;
                CREATE TABLE %2$s."orders; DROP TABLE x" ("it's" int, b int);
                CREATE TABLE %2$s."Größe \\ 名前" ("a""b; --" int, "a,b" int, "{""c}" int, secret int);
                CREATE TABLE %2$s.%3$s (%3$s int, other int);
                CREATE TABLE %2$s.untouched (a int);
                CREATE VIEW %2$s."the view?" AS SELECT 1 AS one;
                GRANT SELECT ON ALL TABLES IN SCHEMA %2$s TO portcullis WITH GRANT OPTION
                """.formatted(quoted(database), quoted(schema), quoted("t".repeat(63))));
        String platform = "odd-" + story.checkout;
        platformExposing(
                platform,
                "[{namespaces: [$checkout], postgresql: [{database: " + json(database) + ", schemas: [" + json(schema)
                        + "]}]}]");
        port("odd", platform, database, schema, """
                [{"name": "orders; DROP TABLE x"}, {"name": "the view?"},
                 {"name": "Größe \\\\ 名前", "columns": ["a\\"b; --", "a,b", "{\\"c}"]},
                 {"name": "%1$s", "columns": ["%1$s"]}]""".formatted("t".repeat(63)));
        request("odd", "odd", user(story.quinn), "");
        story.awaitPhase("odd", Phase.Active);

        assertThat(readable(database, schema, Story.login(story.quinn)))
                .containsExactlyInAnyOrder(
                        "orders; DROP TABLE x.it's",
                        "orders; DROP TABLE x.b",
                        "the view?.one",
                        "Größe \\ 名前.a\"b; --",
                        "Größe \\ 名前.a,b",
                        "Größe \\ 名前.{\"c}",
                        "t".repeat(63) + "." + "t".repeat(63));

        story.delete("odd");
        Installation.await("odd gone", () -> story.agreement("odd") == null);
        assertThat(readable(database, schema, Story.login(story.quinn))).isEmpty();
        assertThat(story.holders(story.portUid("odd"))).isEmpty();
    }

    @Test
    void namesThatWouldBeSql() {
        List<List<String>> before = catalogue();
        String quinn = quoted(Story.login(story.quinn));
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put(
                "[{\"name\": \"orders; DROP TABLE sales.customers\"}]",
                "\"sales\".\"orders; DROP TABLE sales.customers\"");
        tables.put(
                "[{\"name\": " + json("orders\"; GRANT SELECT ON sales.customers TO " + quinn + "; --") + "}]",
                "\"sales\".\"orders\"\"; GRANT SELECT ON sales.customers TO \"\"");
        tables.put("[{\"name\": " + json("orders\" TO PUBLIC; --") + "}]", "\"sales\".\"orders\"\" TO PUBLIC; --\"");
        tables.put("[{\"name\": " + json("customers'), ('x") + "}]", "\"sales\".\"customers'), ('x\"");
        tables.put(
                "[{\"name\": \"orders\", \"columns\": [" + json("amount), \"country\"") + "]}]",
                "\"amount), \"\"country\"\"\"");
        tables.put("[{\"name\": \"orders\", \"columns\": [\"*\"]}]", "\"*\"");
        tables.put("[{\"name\": \"sales.orders\"}]", "\"sales\".\"sales.orders\"");
        tables.put("[{\"name\": \"ORDERS\"}]", "\"sales\".\"ORDERS\"");
        List<String> cases = List.copyOf(tables.keySet());
        for (int i = 0; i < cases.size(); i++) {
            port("sql-" + i, story.warehouse, "shop", "sales", cases.get(i));
            request("sql-" + i, "sql-" + i, user(story.quinn), "");
        }
        String places = "places-" + story.checkout;
        String drop = "sales\"; DROP SCHEMA sales CASCADE; --";
        platformExposing(
                places,
                "[{namespaces: [$checkout], postgresql: [{database: shop, schemas: [" + json(drop)
                        + ", pg_catalog]}, {database: \"shop?user=postgres\", schemas: [sales]}]}]");
        port("schema", places, "shop", drop, "[{\"name\": \"orders\"}]");
        port("database", places, "shop?user=postgres", "sales", "[{\"name\": \"orders\"}]");
        port("catalogue", places, "shop", "pg_catalog", "[{\"name\": \"pg_authid\"}]");
        port("control", story.warehouse, "shop", "sales", "[{\"name\": \"a\\u0000b\"}]");
        List.of("schema", "database", "catalogue", "control")
                .forEach(name -> request(name, name, user(story.quinn), ""));

        for (int i = 0; i < cases.size(); i++) {
            assertNotGranted("sql-" + i, "ObjectNotFound", tables.get(cases.get(i)), "take it off the port");
            assertThat(story.holders(story.portUid("sql-" + i))).isEmpty();
        }
        assertNotGranted("schema", "ObjectNotFound", "has no schema \"sales\"\"; DROP SCHEMA sales CASCADE; --\"");
        assertNotGranted("database", "ObjectNotFound", "the server has no database \"shop?user=postgres\"");
        assertThat(awaitPort("catalogue", "ObjectsInvalid").message()).contains("\"pg_catalog\" is the server's own");
        assertReady(
                story.awaitPhase("catalogue", Phase.Invalid), "ObjectsInvalid", "\"pg_catalog\" is the server's own");
        assertThat(awaitPort("control", "ObjectsInvalid").message())
                .contains("postgresql.tables[0].name has a control character");
        assertReady(story.awaitPhase("control", Phase.Invalid), "ObjectsInvalid", "postgresql.tables[0].name");
        assertThat(catalogue()).isEqualTo(before);
    }

    /** As long as Kubernetes and PostgreSQL allow, all at once. */
    @Test
    void namesOf63Characters() {
        String provider = filled(story.checkout, 'p', 63);
        String consumer = filled(story.marketing, 'c', 63);
        String team = filled("t" + story.checkout, 't', 63);
        String platform = filled("w" + story.checkout, 'w', 63);
        String name = "n".repeat(63);
        String login = filled("l" + story.checkout, 'l', 63);
        installation.shop().createLogin(login);
        story.applyAsAdmin("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %2$s}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: %3$s}
                spec: {namespaces: [%1$s]}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: %4$s}
                spec:
                  postgresql: {host: 127.0.0.1, port: $postgresPort, role: portcullis, sslMode: disable, credentials: {namespace: portcullis-system, name: warehouse-admin}}
                  exposes: [{namespaces: [%1$s], postgresql: [{database: shop, schemas: [sales]}]}]
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: %5$s, namespace: %1$s}
                spec: {title: Long}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %5$s, namespace: %1$s}
                spec: {dataProduct: %5$s, platform: %4$s, autoApprove: true, postgresql: {database: shop, schema: sales, tables: [{name: orders}]}}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %5$s, namespace: %2$s}
                spec:
                  purpose: Show that long names are names.
                  provider: {namespace: %1$s, outputPort: %5$s}
                  consumer: {user: %6$s}
                """.formatted(provider, consumer, team, platform, name, login));
        Installation.await(
                "granted",
                () -> installation.agreement(consumer, name).getStatus().phase() == Phase.Active);
        assertThat(installation
                        .shop()
                        .query(login, "SELECT count(*) FROM sales.orders")
                        .error())
                .isEmpty();
        String uid = installation.port(provider, name).getMetadata().getUid();
        assertThat(story.roles(uid))
                .singleElement()
                .satisfies(role -> assertThat(role).hasSizeLessThanOrEqualTo(63));

        installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(consumer)
                .withName(name)
                .delete();
        Installation.await("gone", () -> installation.agreement(consumer, name) == null);
        assertThat(story.holders(uid)).isEmpty();
    }

    // ------------------------------------------------------------------------------------------ texts

    @Test
    void aPurposeOf2000Characters() {
        String start =
                "Für \"die\" Analyse; DROP TABLE x -- </script> ${jndi:ldap://x} \u202everkehrt\u202c \\ 'q' \n\t名前 ";
        String purpose = start + "🚀".repeat(2000 - start.codePointCount(0, start.length()));
        story.apply(installation.as(story.quinn), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: long-purpose, namespace: $marketing}
                spec:
                  purpose: %s
                  provider: {namespace: $checkout, outputPort: items}
                  consumer: {user: $quinn}
                """.formatted(json(purpose)));
        DataUsageAgreement active = story.awaitPhase("long-purpose", Phase.Active);
        assertThat(active.getSpec().purpose()).isEqualTo(purpose);
        story.delete("long-purpose");
    }

    // ------------------------------------------------------------------------------------------ servers and Secrets

    @Test
    void serversThatCannotBeUsed() {
        secret("bad-password", Map.of("username", ShopDatabase.OPERATOR_LOGIN, "password", WRONG_PASSWORD));
        secret("without-password", Map.of("username", ShopDatabase.OPERATOR_LOGIN));
        secret("with-empty-username", Map.of("username", "", "password", WRONG_PASSWORD));
        secret("with-line-break", Map.of("username", ShopDatabase.OPERATOR_LOGIN + "\n", "password", WRONG_PASSWORD));
        secret("bad-ca", Map.of("ca.crt", "this is no certificate"));
        secret("unreadable", goodLogin());
        allowed("bad-password", "without-password", "with-empty-username", "with-line-break", "bad-ca", "missing");

        server("closed", "port: 1", "");
        server("password", "", "bad-password");
        server("missing", "", "missing");
        server("forbidden", "", "unreadable");
        server("half", "", "without-password");
        server("empty", "", "with-empty-username");
        server("broken", "", "with-line-break");
        server("role", "role: " + json("portcullis\"; ALTER ROLE portcullis_login SUPERUSER; --"), "");
        server("norole", "role: nobody", "");
        server("first", "database: " + json("no\"such; db"), "");
        server("unsafe", "sslMode: verify-full", "");
        server("ca", "sslMode: require, caSecret: {namespace: $checkout, name: bad-ca}", "");

        port("closed", "closed-" + story.checkout, "shop", "sales", "[{name: orders}]");
        request("closed", "closed", user(story.quinn), "");

        String secrets = "Secret " + story.checkout + "/";
        assertServer("closed", "Unreachable", "no connection to 127.0.0.1:1");
        assertServer("password", "LoginRefused", secrets + "bad-password");
        assertServer("missing", "SecretNotFound", "there is no " + secrets + "missing");
        assertServer("half", "SecretIncomplete", secrets + "without-password has no password: add it");
        assertServer("empty", "SecretIncomplete", secrets + "with-empty-username has no username: add it");
        assertServer(
                "broken", "SecretNotUsable", secrets + "with-line-break: its username has a control character in it");
        assertServer("role", "NotPrivileged", "\"portcullis\"\"; ALTER ROLE portcullis_login SUPERUSER; --\"");
        assertServer("norole", "NotPrivileged", "GRANT \"nobody\" TO \"portcullis_login\"");
        assertServer("first", "ServerError", "database \"no\"\"such; db\"", "spec.postgresql.database");
        assertServer("unsafe", "Unreachable", "SSL");
        assertServer("ca", "Unreachable", "SSL");
        String forbidden = assertServer(
                "forbidden",
                "SecretForbidden",
                secrets + "unreadable",
                "create a Role",
                "resourceNames: [unreadable]",
                "verbs: [get]");
        assertThat(forbidden).contains("in namespace " + story.checkout);

        // an outage is told on the platform, and the decision is not held up by it
        DataUsageAgreement waiting = story.awaitPhase("closed", Phase.Provisioning);
        assertThat(waiting.getStatus().approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(installation.shop().look("SELECT rolsuper FROM pg_roles WHERE rolname = 'portcullis_login'"))
                .containsExactly(List.of("f"));

        // each is mended where the message says
        allowed(
                "bad-password",
                "without-password",
                "with-empty-username",
                "with-line-break",
                "bad-ca",
                "missing",
                "unreadable");
        secret("bad-password", goodLogin());
        secret("missing", goodLogin());
        secret("without-password", goodLogin());
        patchPlatform("closed-" + story.checkout, story.filled("{\"postgresql\":{\"port\":$postgresPort}}"));
        for (String server : List.of("forbidden", "password", "missing", "half", "closed")) {
            awaitPlatform(server + "-" + story.checkout, "Comparing");
        }
        story.awaitPhase("closed", Phase.Active);
        story.delete("closed");
    }

    // ------------------------------------------------------------------------------------------ inside

    private static void port(String name, String platform, String database, String schema, String tables) {
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: $checkout}
                spec:
                  dataProduct: orders
                  platform: %s
                  autoApprove: true
                  postgresql: {database: %s, schema: %s, tables: %s}
                """.formatted(name, platform, json(database), json(schema), tables));
    }

    private static void request(String name, String port, String consumer, String more) {
        story.apply(installation.as(story.taylor), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: $marketing}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: $checkout, outputPort: %s}
                  consumer: %s
                  %s
                """.formatted(name, port, consumer, more));
    }

    private static String user(String name) {
        return "{user: " + json(name) + "}";
    }

    /** A platform on the real server that differs from the story's in this. */
    private static void platform(String name, String postgresql, String more) {
        String server = postgresql.contains("host:") ? "" : "host: 127.0.0.1, ";
        String port = postgresql.contains("port:") ? "" : "port: $postgresPort, ";
        String role = postgresql.contains("role:") ? "" : "role: portcullis, ";
        String ssl = postgresql.contains("sslMode:") ? "" : "sslMode: disable, ";
        String credentials = postgresql.contains("credentials:")
                ? ""
                : "credentials: {namespace: portcullis-system, name: warehouse-admin}, ";
        String exposes = more.contains("exposes:")
                ? ""
                : "exposes: [{namespaces: [$checkout], postgresql: [{database: shop, schemas: [sales]}]}]";
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: %s}
                spec:
                  postgresql: {%s}
                  drift: {interval: 2s}
                  %s
                  %s
                """.formatted(name, server + port + role + ssl + credentials + postgresql, exposes, more));
    }

    private static void platformExposing(String name, String exposes) {
        platform(name, "", "principals: {user: \"name.split('@')[0]\"}\n  exposes: " + exposes);
    }

    private static void server(String name, String postgresql, String secret) {
        String credentials = secret.isEmpty() ? "" : "credentials: {namespace: $checkout, name: " + secret + "}";
        platform(
                name + "-" + story.checkout,
                postgresql.isEmpty() ? credentials : postgresql + (credentials.isEmpty() ? "" : ", " + credentials),
                "principals: {user: \"name.split('@')[0]\"}");
    }

    private static String assertServer(String name, String reason, String... says) {
        Condition ready = awaitPlatform(name + "-" + story.checkout, reason);
        assertThat(ready.status()).isEqualTo(Condition.Status.False);
        assertThat(ready.message())
                .contains(says)
                .doesNotContain(WRONG_PASSWORD)
                .doesNotContain("jdbc:");
        Condition reachable = Conditions.find(platformStatus(name + "-" + story.checkout), "Reachable")
                .orElseThrow();
        assertThat(reachable.status()).isEqualTo(Condition.Status.False);
        assertThat(reachable.reason()).isEqualTo(reason);
        return ready.message();
    }

    private static List<Condition> platformStatus(String name) {
        DataPlatform platform = installation
                .admin()
                .resources(DataPlatform.class)
                .withName(name)
                .get();
        return platform.getStatus() == null ? List.of() : platform.getStatus().conditions();
    }

    /** The condition Ready, once it has the reason. */
    private static Condition awaitPlatform(String name, String reason) {
        return awaitReason("DataPlatform " + name, reason, () -> platformStatus(name));
    }

    private static Condition awaitPort(String name, String reason) {
        return awaitReason(
                "OutputPort " + name,
                reason,
                () -> installation.port(story.checkout, name).getStatus().conditions());
    }

    private static Condition awaitReason(
            String what, String reason, java.util.function.Supplier<List<Condition>> conditions) {
        Await.until(
                Installation.SOON,
                () -> what + " has reason " + reason + ", but it has " + conditions.get(),
                () -> Conditions.find(conditions.get(), "Ready")
                        .filter(ready -> ready.reason().equals(reason))
                        .isPresent());
        return Conditions.find(conditions.get(), "Ready").orElseThrow();
    }

    /** Approved, and the platform's refusal is said on the agreement; gives the sentence. */
    private static String assertNotGranted(String agreement, String reason, String... says) {
        DataUsageAgreement refused = story.awaitAgreement(
                agreement,
                "not granted for " + reason,
                found -> found.getStatus() != null
                        && Conditions.find(found.getStatus().conditions(), "Granted")
                                .filter(granted -> granted.reason().equals(reason))
                                .isPresent());
        assertThat(refused.getStatus().phase()).isEqualTo(Phase.Provisioning);
        assertThat(refused.getStatus().approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(condition(refused, "Granted").status()).isEqualTo(Condition.Status.False);
        assertThat(condition(refused, "Granted").message()).contains(says);
        assertReady(refused, reason, says);
        return condition(refused, "Granted").message();
    }

    private static void assertReady(DataUsageAgreement agreement, String reason, String... says) {
        Condition ready = condition(agreement, "Ready");
        assertThat(ready.status()).isEqualTo(Condition.Status.False);
        assertThat(ready.reason()).isEqualTo(reason);
        assertThat(ready.message()).contains(says);
    }

    private static Condition condition(DataUsageAgreement agreement, String type) {
        return Conditions.find(agreement.getStatus().conditions(), type).orElseThrow();
    }

    private static void patchPlatform(String name, String spec) {
        installation
                .admin()
                .resources(DataPlatform.class)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }

    private static Map<String, String> goodLogin() {
        return Map.of(
                "username",
                ShopDatabase.OPERATOR_LOGIN,
                "password",
                installation.shop().operatorPassword());
    }

    private static void secret(String name, Map<String, String> data) {
        story.applyAsAdmin("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: $checkout}
                stringData: %s
                """.formatted(name, json(data)));
    }

    /** The Role that the condition SecretForbidden asks for. */
    private static void allowed(String... secrets) {
        story.applyAsAdmin("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: portcullis-secrets, namespace: $checkout}
                rules: [{apiGroups: [""], resources: [secrets], resourceNames: %s, verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: portcullis-secrets, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: portcullis-secrets}
                subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
                """.formatted(json(secrets), OperatorProcess.SERVICE_ACCOUNT, OperatorProcess.NAMESPACE));
    }

    /** Columns that the login can read, as {@code table.column}, by the server's own judgement. */
    private static Set<String> readable(String database, String schema, String login) throws SQLException {
        try (Connection connection =
                        installation.shop().server().connect(url(database), login, ShopDatabase.passwordOf(login));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT c.relname, a.attname FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE n.nspname = '" + schema.replace("'", "''") + "' AND c.relkind IN ('r', 'v')"
                        + " AND a.attnum > 0 AND has_schema_privilege(n.oid, 'USAGE')"
                        + " AND has_column_privilege(c.oid, a.attnum, 'SELECT')")) {
            Set<String> columns = new TreeSet<>();
            while (row.next()) {
                columns.add(row.getString(1) + "." + row.getString(2));
            }
            return columns;
        }
    }

    /** What no port of this test may change: the tables, who may read the customers, the roles that are not of ports. */
    private static List<List<String>> catalogue() {
        return installation.shop().look("""
                SELECT 'table', nspname || '.' || relname, CASE relname WHEN 'customers' THEN relacl::text END
                FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname IN ('sales', 'finance')
                UNION ALL SELECT 'schema', nspname, nspowner::text FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'
                UNION ALL SELECT 'role', rolname, rolsuper::text FROM pg_roles WHERE rolname NOT LIKE 'portcullis\\_%\\_%'
                ORDER BY 1, 2
                """);
    }

    /** pgjdbc takes the name of a database from a URL. */
    private static String url(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The name, filled up with a character to a number of bytes. */
    private static String filled(String name, char with, int bytes) {
        StringBuilder text = new StringBuilder(name);
        String next = String.valueOf(with);
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        int step = next.getBytes(StandardCharsets.UTF_8).length;
        while (length < bytes) {
            boolean fits = length + step <= bytes;
            text.append(fits ? next : "z");
            length += fits ? step : 1;
        }
        return text.toString();
    }

    private static String asLines(String fields) {
        return fields.startsWith("{")
                ? List.of(fields.substring(1, fields.length() - 1).split(", ")).stream()
                        .collect(Collectors.joining("\n  "))
                : fields;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Set<Long> operators() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
