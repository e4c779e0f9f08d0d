package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.sql.Identifier.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.role.RoleName;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row filters on a real server: what is read through a view with the consumer's own login, and what is not, through it and around it. */
class RowFilterTest {
    private static final Profile EU = filtered("country = 'DE' AND amount < 1000", "orders(id,amount)");
    private static final Profile EU_WHOLE = filtered("country = 'DE' AND amount < 1000", "orders");
    private static final String OWNER_OF_VIEWS = RoleName.views(Shop.OWNER, Shop.PORT);

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.freshForRowFilters();
        run(
                "shop",
                "INSERT INTO sales.orders VALUES (2, 'Pierre', 'FR', 20), (3, 'Rich', 'DE', 5000), (4, 'Nobody', NULL, 5)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    static Profile filtered(String where, String... tables) {
        PostgresqlObjects all =
                Shop.profile("shop", "sales", tables).toSnapshot().postgresql();
        PostgresqlObjects objects = new PostgresqlObjects(
                all.database(), all.schema(), all.tables(), List.of(new RowFilter("eu-only", where)));
        return ((Parsed.Ok) ProfileParser.asked(objects)).profile();
    }

    private static String view(Profile profile) {
        return view(profile, "orders");
    }

    private static String view(Profile profile, String table) {
        return "portcullis_views." + RoleName.view(Shop.OWNER, Shop.PORT, profile, table);
    }

    private static Set<Entitlement> eu(String... principals) {
        return entitlements(Shop.PORT, EU, principals);
    }

    private static List<String> asTaylor(String sql) {
        return EmbeddedServer.queryAs("taylor", "shop", sql);
    }

    private Comparison granted(Set<Entitlement> wanted) {
        Comparison granted = shop.compare(wanted);
        assertThat(granted.failures()).isEmpty();
        assertThat(granted.plan().refusals()).isEmpty();
        assertThat(granted.again().changes()).isEmpty();
        assertThat(granted.again().leftovers()).isEmpty();
        assertThat(wanted)
                .allSatisfy(one -> assertThat(granted.after().holds(one)).isTrue());
        return granted;
    }

    /** What owns the views is known by then, and not what for. */
    @Test
    void whereViewsCannotBeReadTheirReadersKeepThem() {
        granted(eu("taylor"));
        run("shop", "REVOKE EXECUTE ON FUNCTION format_type(oid, integer) FROM PUBLIC");

        shop.compare(eu("taylor"));

        assertThat(asTaylor("SELECT * FROM " + view(EU))).containsExactly("10|1");
        run("shop", "GRANT EXECUTE ON FUNCTION format_type(oid, integer) TO PUBLIC");
        granted(eu("taylor"));
    }

    @Tag("versions")
    @Test
    void otherRowsAndColumnsAreNotReadable() {
        granted(eu("taylor"));
        assertThat(asTaylor("SELECT * FROM " + view(EU))).containsExactly("10|1");
        assertThat(read("quinn", "shop", "SELECT * FROM " + view(EU))).isEqualTo("42501");
        for (String sql : List.of(
                "SELECT * FROM sales.orders",
                "SELECT id FROM sales.orders",
                "SELECT country FROM sales.orders",
                "SELECT 1 FROM sales.orders",
                "SELECT (SELECT max(amount) FROM sales.orders)",
                "TABLE sales.internal",
                "SELECT id FROM " + view(EU) + " WHERE EXISTS (SELECT FROM sales.orders o WHERE o.id = 3)",
                "INSERT INTO " + view(EU) + " VALUES (1, 9)",
                "UPDATE " + view(EU) + " SET amount = 1",
                "DELETE FROM " + view(EU),
                "SET ROLE " + OWNER_OF_VIEWS,
                "SET ROLE " + shop.role(Shop.PORT, EU) + "; SELECT * FROM sales.orders",
                "CREATE VIEW portcullis_views.mine AS SELECT 1")) {
            // 55000: a view with OFFSET takes no writes, whoever asks
            assertThat(read("taylor", "shop", sql)).as(sql).isIn("42501", "55000");
        }
        assertThat(read("taylor", "shop", "SELECT country FROM " + view(EU))).isEqualTo("42703");

        shop.compare(Set.of());

        assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU))).isIn("42501", "42P01");
    }

    /** What leaks through a view without a barrier: functions and errors that see rows before the filter does. */
    @Test
    void nothingOfOtherRowsGetsIntoFunctionsOrErrors() {
        granted(entitlements(Shop.PORT, EU_WHOLE, "taylor"));
        run("shop", "CREATE SCHEMA taylors AUTHORIZATION taylor");
        EmbeddedServer.as(
                "taylor",
                "shop",
                "CREATE FUNCTION taylors.spy(t text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS "
                        + "$$ BEGIN IF t <> 'Olga' THEN RAISE EXCEPTION 'saw %', t; END IF; RETURN true; END $$");
        assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU_WHOLE) + " WHERE taylors.spy(customer)"))
                .isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU_WHOLE) + " WHERE 1 / (amount - 20) < 100"))
                .isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU_WHOLE) + " WHERE customer::int > 0 OR id = 1"))
                .isIn("ok", "22P02");
        run("shop", "ANALYZE sales.orders");
        assertThat(asTaylor("SELECT * FROM pg_stats WHERE schemaname = 'sales'"))
                .isEmpty();
    }

    @Test
    void theCatalogueIsAsItWasOnceNobodyHasIt() {
        List<String> before = catalogue("shop");
        granted(both(eu("taylor", "quinn"), entitlements(Shop.PORT, EU_WHOLE, "riley")));
        assertThat(catalogue("shop")).isNotEqualTo(before);
        granted(eu("taylor"));
        assertThat(query("shop", "SELECT count(*) FROM pg_views WHERE schemaname = 'portcullis_views'"))
                .containsExactly("1");
        granted(Set.of());
        assertThat(catalogue("shop")).isEqualTo(before);
    }

    /** Whatever is granted by a name reaches what has that name then: somebody may have moved the views' schema to where a port's tables were. */
    @Test
    void theOperatorItselfHasNothingOfTheRolesThatOwnViews() {
        assumeThat(EmbeddedServer.VERSION)
                .as("below, a membership has no options")
                .isGreaterThanOrEqualTo(16);
        granted(eu("taylor"));
        String asOperator = "SET ROLE portcullis; ";
        assertThat(query(
                        "shop",
                        "SELECT pg_has_role('portcullis', '" + OWNER_OF_VIEWS
                                + "', 'USAGE'), pg_has_role('portcullis', '" + OWNER_OF_VIEWS + "', 'SET')"))
                .containsExactly("f|t");
        for (String sql : List.of(
                "SELECT * FROM " + view(EU),
                "GRANT SELECT ON " + view(EU) + " TO quinn",
                "DROP VIEW " + view(EU),
                "CREATE OR REPLACE VIEW " + view(EU) + " AS SELECT 1 AS id, 2 AS amount")) {
            assertThat(read("portcullis_login", "shop", asOperator + sql))
                    .as(sql)
                    .isEqualTo("42501");
        }
    }

    @Test
    void theOwnerOfTheViewsHoldsWhatTheyLookAtAndNothingElse() {
        granted(eu("taylor"));
        assertThat(query(
                        "shop",
                        "SELECT pg_describe_object(classid, objid, objsubid) || ' ' || deptype::text FROM pg_shdepend WHERE refobjid = '"
                                + OWNER_OF_VIEWS + "'::regrole ORDER BY 1"))
                .containsExactly(
                        "column amount of table sales.orders a",
                        "column country of table sales.orders a",
                        "column id of table sales.orders a",
                        "schema portcullis_views a",
                        "schema sales a",
                        "view " + view(EU) + " o");
        assertThat(query(
                        "shop",
                        "SELECT DISTINCT member::regrole FROM pg_auth_members WHERE roleid = '" + OWNER_OF_VIEWS
                                + "'::regrole"))
                .containsExactly("portcullis");
        assertThat(query(
                        "shop",
                        "SELECT reloptions, pg_get_viewdef(oid) FROM pg_class WHERE oid = '" + view(EU)
                                + "'::regclass"))
                .first()
                .asString()
                .contains("security_barrier=true", "amount,", "country = 'DE'::text", "amount < 1000");
    }

    @Test
    void whatSomebodyDoesToAViewIsPutRight() {
        granted(eu("taylor"));
        for (String drift : List.of(
                "ALTER VIEW " + view(EU) + " SET (security_barrier = false)",
                "ALTER VIEW " + view(EU) + " RESET (security_barrier)",
                "CREATE OR REPLACE VIEW " + view(EU)
                        + " WITH (security_barrier = true) AS SELECT amount, id FROM sales.orders",
                "CREATE RULE more AS ON INSERT TO " + view(EU) + " DO INSTEAD NOTHING",
                "CREATE TRIGGER more INSTEAD OF UPDATE ON " + view(EU)
                        + " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "ALTER VIEW " + view(EU) + " RENAME COLUMN id TO ident",
                "ALTER VIEW " + view(EU) + " OWNER TO shop_owner",
                "DROP VIEW " + view(EU),
                "COMMENT ON VIEW " + view(EU) + " IS 'mine'",
                "GRANT SELECT ON " + view(EU) + " TO quinn",
                "GRANT SELECT (id) ON " + view(EU) + " TO quinn",
                "GRANT SELECT ON " + view(EU) + " TO PUBLIC",
                "GRANT UPDATE ON " + view(EU) + " TO " + shop.role(Shop.PORT, EU),
                "GRANT SELECT ON sales.orders TO " + OWNER_OF_VIEWS,
                "REVOKE SELECT ON " + view(EU) + " FROM " + shop.role(Shop.PORT, EU),
                "SET ROLE portcullis; REVOKE SELECT (country) ON sales.orders FROM " + OWNER_OF_VIEWS,
                "GRANT " + OWNER_OF_VIEWS + " TO quinn",
                "SET ROLE portcullis; GRANT " + OWNER_OF_VIEWS + " TO quinn",
                "SET ROLE portcullis; REVOKE " + OWNER_OF_VIEWS + " FROM portcullis",
                "SET ROLE portcullis; GRANT " + OWNER_OF_VIEWS + " TO portcullis"
                        + (EmbeddedServer.VERSION < 16 ? "" : " WITH INHERIT TRUE"),
                "SET ROLE portcullis; REVOKE USAGE ON SCHEMA portcullis_views FROM " + OWNER_OF_VIEWS + " CASCADE",
                "ALTER ROLE " + OWNER_OF_VIEWS + " LOGIN")) {
            run("shop", drift);
            Comparison first = shop.compare(eu("taylor"));
            if (drift.contains("OWNER TO")) {
                // it is another's now, and left alone
                assertThat(first.refused()).as(drift).containsExactly(Plan.Reason.NotApplied);
                run("shop", "DROP VIEW " + view(EU));
                first = shop.compare(eu("taylor"));
            }
            assertThat(first.failures()).as(drift).isEmpty();
            // a stranger's GRANT on a table is of the table's owner, who is asked to take it back
            boolean foreign = drift.startsWith("GRANT SELECT ON sales.orders");
            if (foreign) {
                run("shop", drift.replace("GRANT", "REVOKE").replace(" TO ", " FROM "));
            }
            boolean isHealed = !foreign && first.again().changes().isEmpty();
            Comparison healed = isHealed ? first : shop.compare(eu("taylor"));
            assertThat(healed.again().changes()).as(drift).isEmpty();
            assertThat(healed.after().holds(eu("taylor").iterator().next()))
                    .as(drift)
                    .isTrue();
            assertThat(asTaylor("SELECT id FROM " + view(EU))).as(drift).containsExactly("1");
            assertThat(read("quinn", "shop", "SELECT * FROM " + view(EU)))
                    .as(drift)
                    .isEqualTo("42501");
            assertThat(read("quinn", "shop", "SET ROLE " + OWNER_OF_VIEWS))
                    .as(drift)
                    .isEqualTo("42501");
            assertThat(read("taylor", "shop", "SELECT * FROM sales.orders"))
                    .as(drift)
                    .isEqualTo("42501");
        }
        granted(Set.of());
    }

    @Tag("versions")
    @Test
    void aTableThatIsMadeAnewIsReadAfterwards() {
        granted(entitlements(Shop.PORT, EU_WHOLE, "taylor"));
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE TABLE sales.next (id int, customer text, country text, amount int, more int)",
                "INSERT INTO sales.next VALUES (7, 'Neu', 'DE', 1, 2), (8, 'Neuf', 'FR', 1, 2)",
                "ALTER TABLE sales.orders RENAME TO old",
                "ALTER TABLE sales.next RENAME TO orders");
        // a view keeps the table that it was made of until it is made anew
        assertThat(query("shop", "SELECT pg_get_viewdef('" + view(EU_WHOLE) + "'::regclass)")
                        .get(0))
                .contains("sales.old");
        granted(entitlements(Shop.PORT, EU_WHOLE, "taylor"));
        assertThat(asTaylor("SELECT id, more FROM " + view(EU_WHOLE))).containsExactly("7|2");
        run("shop", "SET ROLE shop_owner", "DROP TABLE sales.old");
        run("shop", "SET ROLE shop_owner", "ALTER TABLE sales.orders RENAME TO old");
        run("shop", "SET ROLE shop_owner", "CREATE TABLE sales.orders (id int, country text, amount int)");
        run("shop", "SET ROLE shop_owner", "DROP TABLE sales.old CASCADE");
        granted(entitlements(Shop.PORT, EU_WHOLE, "taylor"));
        assertThat(asTaylor("SELECT count(*) FROM " + view(EU_WHOLE))).containsExactly("0");
    }

    @Test
    void columnsThatChangeTheirNamesAreReadByName() {
        granted(eu("taylor"));
        run(
                "shop",
                "SET ROLE shop_owner",
                "ALTER TABLE sales.orders RENAME country TO old_country",
                "ALTER TABLE sales.orders RENAME customer TO country");
        granted(eu("taylor"));
        assertThat(asTaylor("SELECT * FROM " + view(EU))).isEmpty();
        run("shop", "UPDATE sales.orders SET country = 'DE' WHERE id = 2");
        assertThat(asTaylor("SELECT id FROM " + view(EU))).containsExactly("2");
    }

    @Test
    void anOwnerThatMayNotUseItsViewsSchemaLosesThemAllTheSame() {
        granted(eu("taylor"));
        run(
                "shop",
                "SET ROLE portcullis; REVOKE USAGE ON SCHEMA portcullis_views FROM " + OWNER_OF_VIEWS,
                "SET ROLE portcullis; REVOKE " + OWNER_OF_VIEWS + " FROM portcullis");

        granted(Set.of());

        assertThat(query("shop", "SELECT viewname FROM pg_views WHERE schemaname = 'portcullis_views'"))
                .isEmpty();
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname = '" + OWNER_OF_VIEWS + "'"))
                .isEmpty();
    }

    @Test
    void whatReadersBuildOnAViewKeepsNothingThere() {
        granted(eu("taylor"));
        run("shop", "CREATE SCHEMA taylors AUTHORIZATION taylor");
        EmbeddedServer.as("taylor", "shop", "CREATE VIEW taylors.copy AS SELECT * FROM " + view(EU));
        assertThat(read("taylor", "shop", "SELECT * FROM taylors.copy")).isEqualTo("ok");
        granted(Set.of());
        assertThat(query("shop", "SELECT count(*) FROM pg_views WHERE schemaname IN ('portcullis_views', 'taylors')"))
                .containsExactly("0");
    }

    @Test
    void whoIsReadingAViewPutsOffNoRevoke() throws Exception {
        granted(eu("taylor", "quinn"));
        try (Connection reader = EmbeddedServer.connect("taylor", "shop");
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM " + view(EU));
            Comparison revoked = shop.compare(Set.of());
            assertThat(revoked.failures()).isNotEmpty();
            assertThat(read("quinn", "shop", "SELECT * FROM " + view(EU))).isEqualTo("42501");
            assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU))).isEqualTo("42501");
        }
        granted(Set.of());
    }

    /** Whoever reads can keep a transaction open for as long as they like. */
    @Test
    void whoIsReadingAViewKeepsItAsItIsAndHoldsUpNothingElse() throws Exception {
        granted(both(eu("taylor", "quinn"), entitlements(Shop.PORT, EU_WHOLE, "riley")));
        Set<Entitlement> next =
                both(both(eu("taylor"), entitlements(Shop.PORT, EU_WHOLE, "riley")), Shop.orders("sam"));
        run(
                "shop",
                "ALTER VIEW " + view(EU) + " SET (security_barrier = false)",
                "ALTER VIEW " + view(EU_WHOLE) + " SET (security_barrier = false)");
        try (Connection reader = EmbeddedServer.connect("taylor", "shop");
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM " + view(EU));

            Comparison meanwhile = shop.compare(next);

            assertThat(meanwhile.failures())
                    .singleElement()
                    .asInstanceOf(type(Outcome.Refused.class))
                    .satisfies(refused -> {
                        assertThat(refused.reason()).isEqualTo(Plan.Reason.NotApplied);
                        assertThat(refused.message())
                                .contains(
                                        RoleName.view(Shop.OWNER, Shop.PORT, EU, "orders"),
                                        "pg_stat_activity",
                                        "tried again");
                    });
            assertThat(meanwhile.after().holds(eu("taylor").iterator().next())).isFalse();
            assertThat(meanwhile.again().changes()).hasSize(1);
            assertThat(read("quinn", "shop", "SELECT * FROM " + view(EU))).isEqualTo("42501");
            assertThat(Shop.readOrders("sam")).isEqualTo("ok");
            assertThat(query("shop", "SELECT reloptions FROM pg_class WHERE oid = '" + view(EU_WHOLE) + "'::regclass"))
                    .containsExactly("{security_barrier=true}");
        }
        granted(next);
    }

    @Test
    void rowSecurityIsRefusedAndWhoReadLosesTheView() {
        granted(eu("taylor"));
        run("shop", "SET ROLE shop_owner", "ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY");
        Comparison refused = shop.compare(eu("taylor", "quinn"));
        assertThat(refused.refused()).contains(Plan.Reason.RowSecurityPresent).hasSize(2);
        assertThat(read("taylor", "shop", "SELECT * FROM " + view(EU))).isEqualTo("42P01");
        run("shop", "SET ROLE shop_owner", "ALTER TABLE sales.orders DISABLE ROW LEVEL SECURITY");
        granted(eu("taylor", "quinn"));
    }

    /** A provider's view is read by its owner's rights, as without us; one that asks for the reader's would be asked for ours. */
    @Tag("versions")
    @Test
    void aProvidersViewIsFilteredUnlessItIsReadByTheReadersRights() {
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE VIEW sales.shown AS SELECT id, country FROM sales.orders",
                "GRANT SELECT ON sales.shown TO portcullis WITH GRANT OPTION");
        Profile shown = filtered("country = 'DE'", "shown(id)");
        granted(entitlements(Shop.PORT, shown, "taylor"));
        assertThat(asTaylor("SELECT id FROM " + view(shown, "shown") + " ORDER BY 1"))
                .containsExactly("1", "3");
        if (EmbeddedServer.VERSION >= 15) {
            run("shop", "SET ROLE shop_owner", "ALTER VIEW sales.shown SET (security_invoker = on)");
            assertThat(shop.compare(entitlements(Shop.PORT, shown, "taylor")).refused())
                    .containsExactly(Plan.Reason.NotFilterable);
            assertThat(read("taylor", "shop", "SELECT * FROM " + view(shown, "shown")))
                    .isEqualTo("42P01");
        }
    }

    @Test
    void withoutTheSchemaTheStatementToRunIsSaid() {
        run("shop", "DROP SCHEMA portcullis_views");
        Comparison refused = shop.compare(eu("taylor"));
        assertThat(refused.refused()).containsExactly(Plan.Reason.ViewSchemaMissing);
        String message = refused.plan().refusals().get(0).message();
        assertThat(message).contains("CREATE SCHEMA IF NOT EXISTS portcullis_views");
        run(
                "shop",
                "SET ROLE shop_owner",
                message.substring(message.indexOf("CREATE SCHEMA"), message.indexOf("; GRANT")));
        run("shop", "SET ROLE shop_owner", message.substring(message.indexOf("GRANT USAGE")));
        granted(eu("taylor"));
    }

    @Test
    void everyFilterHasToHold() {
        Profile both = ((dev.portcullis.platform.postgresql.profile.PostgresqlProfile) EU)
                .common((dev.portcullis.platform.postgresql.profile.PostgresqlProfile)
                        filtered("id > 1", "orders(id,amount)"))
                .orElseThrow();
        granted(entitlements(Shop.PORT, both, "taylor"));
        assertThat(asTaylor("SELECT * FROM " + view(both))).isEmpty();
        run("shop", "INSERT INTO sales.orders VALUES (9, 'x', 'DE', 7)");
        assertThat(asTaylor("SELECT id FROM " + view(both))).containsExactly("9");
    }

    /** A provider's own functions, operators, casts and collations on the way: none is called, by the operator or the consumer. */
    @Test
    void nothingOfTheProvidersIsCalled() {
        run(
                "shop",
                "CREATE TABLE public.called (what text, by text)",
                "GRANT INSERT ON public.called TO PUBLIC",
                "GRANT CREATE ON DATABASE shop TO shop_owner",
                "SET ROLE shop_owner",
                "CREATE FUNCTION sales.trap(text, text) RETURNS bool LANGUAGE plpgsql AS "
                        + "$$ BEGIN INSERT INTO public.called VALUES ($1, current_user); RAISE EXCEPTION 'called'; END $$",
                "CREATE FUNCTION sales.trap_domain(text) RETURNS bool LANGUAGE plpgsql AS "
                        + "$$ BEGIN IF current_user IN ('portcullis', 'taylor') THEN RAISE EXCEPTION 'called'; END IF; RETURN true; END $$",
                "CREATE OPERATOR sales.= (LEFTARG = text, RIGHTARG = text, FUNCTION = sales.trap)",
                "CREATE DOMAIN sales.country AS text CHECK (sales.trap_domain(VALUE))",
                "CREATE TYPE sales.mood AS ENUM ('good', 'bad')",
                "CREATE FUNCTION sales.mood_text(sales.mood) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$",
                "CREATE CAST (sales.mood AS text) WITH FUNCTION sales.mood_text(sales.mood) AS IMPLICIT",
                "CREATE TABLE sales.traps (id int, land sales.country, mood sales.mood, tags text[], at timestamptz, price numeric(8,2), code char(3), name varchar(20))",
                "INSERT INTO sales.traps VALUES (1, 'DE', 'good', '{}', '2026-01-01Z', 1.5, 'a', 'x'), (2, 'FR', 'bad', '{}', now(), 2, 'b', 'y')",
                "GRANT SELECT ON sales.traps TO portcullis WITH GRANT OPTION");
        run("shop", "ALTER ROLE portcullis_login SET search_path = sales, pg_catalog");
        Profile domain = filtered(
                "land IN ('DE', 'AT') AND NOT land = 'XX' AND land LIKE 'D%' AND at < '2026-06-01T00:00Z' AND price BETWEEN 1 AND 2 AND code = 'a' AND name LIKE 'x%' AND name <> 'q'",
                "traps(id,land)");
        granted(entitlements(Shop.PORT, domain, "taylor"));
        assertThat(EmbeddedServer.queryAs(
                        "taylor",
                        "shop",
                        "SELECT id FROM " + view(domain, "traps"),
                        "SET search_path = sales, pg_catalog"))
                .containsExactly("1");
        for (String column : List.of("mood = 'good'", "tags = '{}'")) {
            Comparison refused = shop.compare(entitlements(Shop.PORT, filtered(column, "traps(id)"), "quinn"));
            assertThat(refused.refused()).as(column).containsExactly(Plan.Reason.FilterColumnType);
            assertThat(refused.plan().refusals().get(0).message()).contains("filters look at columns");
        }
        assertThat(query("shop", "SELECT count(*) FROM public.called")).containsExactly("0");
    }

    @Test
    void aCollationThatTakesDifferentTextsForOneIsRefused() {
        run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE COLLATION sales.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "ALTER TABLE sales.orders ALTER country TYPE text COLLATE sales.loose");
        Comparison refused = shop.compare(eu("taylor"));
        assertThat(refused.refused()).containsExactly(Plan.Reason.FilterColumnType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere = 1", "amount = 'x'", "customer LIKE 5", "lower(country) = 'de'"})
    void aFilterThatDoesNotFitIsSaidAtThePort(String where) throws PlatformUnavailableException {
        assertThat(look(where)).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo(ObjectsFound.Notice.Type.RowFilterUnusable);
            assertThat(notice.message()).contains("eu-only");
        });
        assertThat(look("amount = 5")).isEmpty();
        run("shop", "DROP SCHEMA portcullis_views");
        assertThat(look("amount = 5"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.reason()).isEqualTo("ViewSchemaMissing"));
    }

    private List<ObjectsFound.Notice> look(String where) throws PlatformUnavailableException {
        Profile offered = Shop.profile(new PostgresqlObjects(
                "shop", "sales", List.of(new Table("orders", null)), List.of(new RowFilter("eu-only", where))));
        return shop.session.look(Set.of(offered)).get(offered).notices().stream()
                .filter(notice -> notice.type() == ObjectsFound.Notice.Type.RowFilterUnusable)
                .toList();
    }

    @Test
    void aCrashBetweenAnyTwoStepsHeals() throws PlatformUnavailableException {
        int steps = shop.plan(eu("taylor")).changes().size();
        assertThat(steps).isGreaterThan(5);
        for (int done = 0; done <= steps; done++) {
            shop.session.execute(shop.plan(eu("taylor")).changes().subList(0, done));
            granted(eu("taylor"));
            assertThat(asTaylor("SELECT id FROM " + view(EU))).containsExactly("1");
            int back = shop.plan(Set.of()).changes().size();
            shop.session.execute(shop.plan(Set.of()).changes().subList(0, Math.min(done, back)));
            granted(Set.of());
        }
        assertThat(query("shop", "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portcullis\\_%\\_%'"))
                .isEmpty();
    }

    @Test
    void manyViewsAreObservedByAsManyQueriesAsOne() throws PlatformUnavailableException {
        run("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        granted(eu("taylor"));
        long one = statements(eu("taylor"));
        Set<Entitlement> many = new HashSet<>(eu("taylor", "quinn"));
        for (int i = 0; i < 20; i++) {
            many.addAll(entitlements(
                    new PortId("uid-" + i, "checkout", "port-" + i), filtered("amount < " + i, "orders(id)"), "riley"));
        }
        granted(many);
        assertThat(statements(many)).isEqualTo(one);
        run("postgres", "DROP EXTENSION pg_stat_statements");
    }

    private long statements(Set<Entitlement> wanted) {
        run("postgres", "SELECT pg_stat_statements_reset()");
        assertThat(shop.plan(wanted).changes()).isEmpty();
        return Long.parseLong(query(
                        "postgres",
                        "SELECT sum(s.calls) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
                                + " WHERE r.rolname IN ('portcullis', 'portcullis_login')")
                .get(0));
    }

    @Test
    void whatIsKeptForSomebodyKeepsItsViews() throws PlatformUnavailableException {
        granted(eu("taylor"));
        Holding kept = new Holding(Shop.PORT, shop.role(Shop.PORT, EU), new Principal("taylor"), true);
        Scope everything = new Scope.Everything();
        Plan plan = new PostgresqlModule()
                .plan(
                        new Wanted(Shop.OWNER, everything, Set.of(), Set.of(kept), Unmanaged.Remove),
                        shop.session.observe(everything, Set.of()));
        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void whatOthersGrantedOnAViewIsOnlyReportedWhereThatIsAsked() {
        granted(eu("taylor"));
        run("shop", "GRANT SELECT ON " + view(EU) + " TO quinn", "GRANT USAGE ON SCHEMA portcullis_views TO quinn");
        shop.unmanaged(Unmanaged.Report);
        Comparison reported = shop.compare(eu("taylor"));
        assertThat(reported.plan().changes()).isEmpty();
        String message = reported.plan().leftovers().get(0).message();
        assertThat(message).contains("\"quinn\"");
        String may = "SELECT has_table_privilege('quinn', '" + view(EU) + "', 'SELECT')";
        assertThat(query("shop", may)).containsExactly("t");
        run("shop", message.substring(message.indexOf("REVOKE")));
        granted(eu("taylor"));
        assertThat(query("shop", may)).containsExactly("f");
    }

    @Test
    void viewsOfAnInstallationThatIsGoneAreMadeAnew() {
        granted(eu("taylor"));
        Owner heir = new Owner("install-2", Shop.OWNER.platform());
        try (Shop other = Shop.takingOver(heir, Shop.OWNER.installation())) {
            Comparison taken = other.compare(eu("taylor"));
            assertThat(taken.failures()).isEmpty();
            assertThat(taken.again().changes()).isEmpty();
            assertThat(asTaylor("SELECT id FROM portcullis_views." + RoleName.view(heir, Shop.PORT, EU, "orders")))
                    .containsExactly("1");
            assertThat(query("shop", "SELECT count(*) FROM pg_views WHERE schemaname = 'portcullis_views'"))
                    .containsExactly("1");
            assertThat(query("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'portcullis\\_orders\\_%'"))
                    .containsExactly("2");
        }
    }

    @Test
    void foreignOnesWithThatNameAreLeftAlone() {
        run("shop", "CREATE TABLE " + view(EU) + " (id int)");
        Comparison refused = shop.compare(eu("taylor"));
        assertThat(refused.refused()).containsExactly(Plan.Reason.NotApplied);
        assertThat(refused.plan().refusals().get(0).message()).contains("drop it", quote("portcullis_views"));
        run("shop", "DROP TABLE " + view(EU), "CREATE ROLE " + OWNER_OF_VIEWS);
        assertThat(shop.compare(eu("taylor")).refused()).containsExactly(Plan.Reason.NotApplied);
        run("shop", "DROP ROLE " + OWNER_OF_VIEWS);
        granted(eu("taylor"));
    }
}
