package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is granted and may still not be read: each time the message says what to do, and that is done. */
class ReadableTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Optional<Notice> mayNotRead(Profile profile) throws PlatformUnavailableException {
        return shop.session.look(Set.of(profile)).get(profile).notices().stream()
                .filter(notice -> notice.type() == Notice.Type.MayNotRead)
                .findFirst();
    }

    private void grant(Profile profile) {
        assertThat(shop.compare(entitlements(Shop.PORT, profile, "taylor"))
                        .plan()
                        .refusals())
                .isEmpty();
    }

    private static void asOwner(String... statements) {
        for (String statement : statements) {
            run("shop", "SET ROLE shop_owner", statement);
        }
    }

    private static String rows(String sql) {
        return read("taylor", "shop", "SELECT 1 / count(*) FROM " + sql);
    }

    private static final String NO_ROW = "22012";

    @Test
    void plainTablesAndViewsAreRead() throws Exception {
        asOwner(
                "CREATE VIEW sales.v AS SELECT id FROM sales.orders",
                "CREATE MATERIALIZED VIEW sales.m AS SELECT id FROM sales.internal");
        Profile all = profile("shop", "sales", "orders", "v", "m");
        grant(all);

        assertThat(mayNotRead(all)).isEmpty();
        assertThat(rows("sales.v")).isEqualTo("ok");
    }

    @Test
    @OnVersions(from = 15)
    void aViewWithSecurityInvokerNeedsWhatIsBeneath() throws Exception {
        asOwner("CREATE VIEW sales.v WITH (security_invoker) AS SELECT id, country FROM sales.orders");
        Profile view = profile("shop", "sales", "v");
        grant(view);
        assertThat(rows("sales.v")).isEqualTo("42501");

        assertThat(mayNotRead(view)).hasValueSatisfying(notice -> {
            assertThat(notice.reason()).isEqualTo("SelectBeneathMissing");
            assertThat(notice.message())
                    .contains(
                            "view \"sales\".\"v\"",
                            "SELECT (\"country\", \"id\") on TABLE \"sales\".\"orders\"",
                            "name that on the port too");
        });

        Profile too = profile("shop", "sales", "v", "orders(id,country)");
        grant(too);
        assertThat(mayNotRead(too)).isEmpty();
        assertThat(rows("sales.v")).isEqualTo("ok");
        assertThat(mayNotRead(profile("shop", "sales", "v", "orders(id)"))).isPresent();
    }

    @Test
    @OnVersions(from = 15)
    void orTheOptionIsTakenOff() throws Exception {
        asOwner("CREATE VIEW sales.v WITH (security_invoker = on) AS SELECT id FROM sales.orders");
        Profile view = profile("shop", "sales", "v");
        grant(view);
        String message = mayNotRead(view).orElseThrow().message();
        asOwner(message.substring(message.indexOf("ALTER VIEW")));

        assertThat(mayNotRead(view)).isEmpty();
        assertThat(rows("sales.v")).isEqualTo("ok");
    }

    @Test
    @OnVersions(from = 15)
    void viewsBeneathViewsAreFollowed() throws Exception {
        asOwner(
                "CREATE VIEW sales.inner_view WITH (security_invoker = true) AS SELECT id FROM sales.internal",
                "CREATE VIEW sales.outer_view AS SELECT id FROM sales.inner_view");
        Profile view = profile("shop", "sales", "outer_view");
        grant(view);

        assertThat(rows("sales.outer_view")).isEqualTo("42501");
        assertThat(mayNotRead(view))
                .hasValueSatisfying(notice -> assertThat(notice.message()).contains("\"sales\".\"internal\""));
        grant(profile("shop", "sales", "outer_view", "internal"));
        assertThat(rows("sales.outer_view")).isEqualTo("ok");
    }

    @Test
    void aViewWhoseOwnerMayNotReadIsSaid() throws Exception {
        run("shop", "CREATE TABLE sales.secrets (id int)", "INSERT INTO sales.secrets VALUES (1)");
        run("shop", "CREATE VIEW sales.v AS SELECT * FROM sales.secrets", "ALTER VIEW sales.v OWNER TO shop_owner");
        asOwner("GRANT SELECT ON sales.v TO portcullis WITH GRANT OPTION");
        Profile view = profile("shop", "sales", "v");
        grant(view);
        assertThat(rows("sales.v")).isEqualTo("42501");

        String message = mayNotRead(view).orElseThrow().message();
        run("shop", message.substring(message.indexOf("GRANT SELECT")));

        assertThat(mayNotRead(view)).isEmpty();
        assertThat(rows("sales.v")).isEqualTo("ok");
    }

    @Test
    void rowSecurityWithoutAPolicyForEverybodyHidesAllRows() throws Exception {
        asOwner("ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY");
        grant(Shop.ORDERS);
        assertThat(rows("sales.orders")).isEqualTo(NO_ROW);

        assertThat(mayNotRead(Shop.ORDERS)).hasValueSatisfying(notice -> {
            assertThat(notice.reason()).isEqualTo("RowSecurity");
            assertThat(notice.message())
                    .contains("nobody may read a row", "CREATE POLICY", "FOR SELECT TO PUBLIC USING (");
        });

        run("postgres", "CREATE ROLE analysts");
        asOwner("CREATE POLICY a_few ON sales.orders TO analysts USING (true)");
        assertThat(mayNotRead(Shop.ORDERS))
                .hasValueSatisfying(
                        notice -> assertThat(notice.message()).contains("only members of \"analysts\" may read a row"));
        assertThat(rows("sales.orders")).isEqualTo(NO_ROW);
        run("postgres", "GRANT analysts TO taylor");
        assertThat(rows("sales.orders")).as("as the message says").isEqualTo("ok");
        run("postgres", "REVOKE analysts FROM taylor");

        asOwner("CREATE POLICY narrow ON sales.orders AS RESTRICTIVE TO PUBLIC USING (true)");
        asOwner("CREATE POLICY writes ON sales.orders FOR UPDATE TO PUBLIC USING (true)");
        assertThat(mayNotRead(Shop.ORDERS)).as("neither lets anybody read").isPresent();

        asOwner("CREATE POLICY everybody ON sales.orders FOR SELECT TO PUBLIC USING (country = 'DE')");
        assertThat(mayNotRead(Shop.ORDERS)).isEmpty();
        assertThat(rows("sales.orders")).isEqualTo("ok");
    }

    @Test
    void rowSecurityBeneathAViewConcernsTheViewsOwner() throws Exception {
        run("postgres", "CREATE ROLE view_owner");
        asOwner(
                "ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY",
                "CREATE VIEW sales.own AS SELECT id FROM sales.orders",
                "GRANT SELECT ON sales.orders TO view_owner",
                "GRANT USAGE, CREATE ON SCHEMA sales TO view_owner",
                "CREATE VIEW sales.theirs AS SELECT id FROM sales.orders");
        run("shop", "ALTER VIEW sales.theirs OWNER TO view_owner");
        run("shop", "SET ROLE view_owner", "GRANT SELECT ON sales.theirs TO portcullis WITH GRANT OPTION");
        Profile own = profile("shop", "sales", "own");
        Profile theirs = profile("shop", "sales", "theirs");
        grant(own);
        assertThat(rows("sales.own"))
                .as("owners of tables are not held by their policies")
                .isEqualTo("ok");
        assertThat(mayNotRead(own)).isEmpty();
        grant(theirs);
        assertThat(rows("sales.theirs")).isEqualTo(NO_ROW);

        assertThat(mayNotRead(theirs))
                .hasValueSatisfying(notice -> assertThat(notice.message())
                        .contains("\"view_owner\", by whose rights view \"sales\".\"theirs\" reads it"));

        asOwner("CREATE POLICY views ON sales.orders TO view_owner USING (true)");
        assertThat(mayNotRead(theirs)).isEmpty();
        assertThat(rows("sales.theirs")).isEqualTo("ok");
        grant(own);
        asOwner("ALTER TABLE sales.orders FORCE ROW LEVEL SECURITY");
        assertThat(rows("sales.own")).as("forced, they are").isEqualTo(NO_ROW);
        assertThat(mayNotRead(own)).isPresent();
    }

    @Test
    void partitionsAreReadByTheRowSecurityOfWhatIsNamed() throws Exception {
        asOwner(
                "CREATE TABLE sales.events (id int, at int) PARTITION BY RANGE (at)",
                "CREATE TABLE sales.events_1 PARTITION OF sales.events FOR VALUES FROM (0) TO (10)",
                "INSERT INTO sales.events VALUES (1, 1)",
                "ALTER TABLE sales.events_1 ENABLE ROW LEVEL SECURITY");
        Profile parent = profile("shop", "sales", "events");
        grant(parent);

        assertThat(mayNotRead(parent)).isEmpty();
        assertThat(rows("sales.events")).isEqualTo("ok");
        assertThat(mayNotRead(profile("shop", "sales", "events_1"))).isPresent();
    }

    @Test
    void aHugeTangleOfViewsIsReadInBoundedTime() throws Exception {
        asOwner("CREATE VIEW sales.v0 AS SELECT id FROM sales.internal");
        for (int i = 1; i <= 40; i++) {
            asOwner("CREATE VIEW sales.v" + i + " AS SELECT a.id FROM sales.v" + (i - 1) + " a, sales.v" + (i - 1)
                    + " b, sales.v" + (i / 2) + " c");
        }

        assertThat(mayNotRead(profile("shop", "sales", "v40"))).isEmpty();
    }

    @Test
    void wordsThatTakeTooLongCostNothingElse() throws Exception {
        try (Connection slow = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            // as long as whoever owns a great many views could make it
            statement.execute("LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE");

            ObjectsFound found = shop.session.look(Set.of(Shop.ORDERS)).get(Shop.ORDERS);

            assertThat(found.fault()).isEmpty();
            assertThat(found.notices()).isEmpty();
        }
        grant(Shop.ORDERS);
    }

    @Test
    @OnVersions(from = 15)
    void aViewThatNeedsAGreatManyColumnsIsReadWithoutThem() throws Exception {
        String columns = IntStream.rangeClosed(1, 101).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        asOwner(
                "CREATE TABLE sales.wide (" + columns.replace(",", " int,") + " int)",
                "CREATE VIEW sales.v WITH (security_invoker) AS SELECT " + columns + " FROM sales.wide",
                "CREATE VIEW sales.w WITH (security_invoker) AS SELECT " + columns.replace(", c101", "")
                        + " FROM sales.wide");

        assertThat(mayNotRead(profile("shop", "sales", "v")).orElseThrow().message())
                .contains("who lack SELECT on TABLE");
        assertThat(mayNotRead(profile("shop", "sales", "w")).orElseThrow().message())
                .contains("who lack SELECT (\"c1\"");
    }
}
