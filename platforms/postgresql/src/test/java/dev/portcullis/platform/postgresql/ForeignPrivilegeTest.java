package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else tied to a role of ours, so that it cannot be dropped: members get another role, and a person gets the SQL. */
class ForeignPrivilegeTest {
    private static final String RETIRED =
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portcullis\\_retired\\_%' ORDER BY 1";

    private Shop shop;
    private String role;

    @BeforeEach
    void grantOrdersToTaylor() {
        shop = Shop.fresh();
        role = shop.role();
        shop.compare(orders("taylor"));
        run(
                "shop",
                "CREATE FUNCTION public.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE SEQUENCE sales.numbers",
                "GRANT USAGE ON SEQUENCE sales.numbers TO sam", // so that it has an access list
                "REVOKE USAGE ON SEQUENCE sales.numbers FROM sam",
                "CREATE TABLE public.\"odd \"\"name\" (\"a;b\" int)",
                "CREATE FOREIGN DATA WRAPPER wrapper",
                "CREATE SERVER remote FOREIGN DATA WRAPPER wrapper");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT SELECT ON sales.internal TO %s",
                "GRANT INSERT, UPDATE ON sales.orders TO %s",
                "GRANT SELECT ON sales.orders TO %s",
                "GRANT SELECT ON sales.orders TO %s WITH GRANT OPTION",
                "GRANT UPDATE (id) ON sales.orders TO %s",
                "GRANT SELECT (\"a;b\") ON public.\"odd \"\"name\" TO %s",
                "GRANT CREATE ON SCHEMA sales TO %s",
                "GRANT TEMPORARY ON DATABASE shop TO %s",
                "GRANT EXECUTE ON FUNCTION public.f TO %s",
                "GRANT USAGE ON SEQUENCE sales.numbers TO %s",
                "GRANT USAGE ON LANGUAGE sql TO %s",
                "GRANT USAGE ON FOREIGN DATA WRAPPER wrapper TO %s",
                "GRANT USAGE ON FOREIGN SERVER remote TO %s",
                "GRANT SET ON PARAMETER work_mem TO %s",
                "ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA sales GRANT INSERT ON TABLES TO %s"
            })
    void isTakenFromMembersAndReportedWithTheSqlThatRemovesIt(String grant) {
        assumeThat(grant.contains("PARAMETER") && EmbeddedServer.VERSION < 15)
                .as("there are no privileges on parameters")
                .isFalse();
        List<String> before = catalogue("shop");
        run("shop", String.format(grant, role), "GRANT " + role + " TO sam");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(comparison.again().leftovers()).isEqualTo(comparison.plan().leftovers());
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("sam")).isEqualTo("42501");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.internal")).isEqualTo("42501");
        String retired = query("postgres", RETIRED).get(0);
        assertThat(query(
                        "postgres",
                        "SELECT member::regrole::text FROM pg_auth_members WHERE roleid = '" + retired
                                + "'::regrole ORDER BY 1"))
                .isEqualTo(EmbeddedServer.hasMembershipsPerGrantor() ? List.of("portcullis", "sam") : List.of());
        assertThat(comparison.again().leftovers()).isNotEmpty().allSatisfy(leftover -> {
            assertThat(leftover.reason()).isEqualTo(Reason.ForeignGrant);
            assertThat(leftover.portUid()).isEqualTo(Shop.PORT.uid());
            assertThat(leftover.message()).contains(retired);
        });

        for (Plan.Leftover leftover : comparison.again().leftovers()) {
            run("shop", sql(leftover.message()));
        }
        Comparison cleaned = shop.compare(orders("taylor"));

        assertThat(cleaned.failures()).isEmpty();
        assertThat(cleaned.again().leftovers()).isEmpty();
        assertThat(query("postgres", RETIRED)).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(catalogue("shop").stream()
                        .map(ForeignPrivilegeTest::withoutOids)
                        .toList())
                .isEqualTo(
                        before.stream().map(ForeignPrivilegeTest::withoutOids).toList());
    }

    private static String sql(String message) {
        return message.substring(message.lastIndexOf(": ") + 2);
    }

    /** The role that was built anew has another number, and entries move in access lists. */
    private static String withoutOids(String line) {
        List<String> parts = List.of(
                line.replaceAll(",,f,,\\d+\\)", ")").replaceAll("[{}]", ",").split(","));
        return parts.stream().sorted().toList().toString();
    }

    @Tag("versions")
    @Test
    void anOwnedTable() {
        run("shop", "CREATE TABLE public.mine (id int)", "ALTER TABLE public.mine OWNER TO " + role);

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message())
                        .contains("owns table", "mine", "in database \"shop\": REASSIGN OWNED BY"));
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM public.mine")).isEqualTo("42501");
        run("shop", "REASSIGN OWNED BY " + query("postgres", RETIRED).get(0) + " TO shop_owner");
        shop.compare(orders("taylor"));
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    @Tag("versions")
    @Test
    void whatCanHaveNoOtherOwnerGoesWithoutWhatCan() {
        run(
                "shop",
                "CREATE TABLE public.mine (id int)",
                "ALTER TABLE public.mine OWNER TO " + role,
                "ALTER DEFAULT PRIVILEGES FOR ROLE " + role + " GRANT SELECT ON TABLES TO sam",
                "CREATE USER MAPPING FOR " + role + " SERVER remote");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        List<String> messages = comparison.again().leftovers().stream()
                .map(Plan.Leftover::message)
                .toList();
        assertThat(messages).hasSize(3).anyMatch(message -> message.contains("has user mapping "));
        messages.stream()
                .sorted() // the worst order: what drops before what saves
                .forEach(message -> run("shop", sql(message).replace("<its new owner>", "shop_owner")));
        assertThat(shop.compare(orders("taylor")).again().leftovers()).isEmpty();
        assertThat(query("postgres", RETIRED)).isEmpty();
        assertThat(query("shop", "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'mine'"))
                .containsExactly("shop_owner");
    }

    @Tag("versions")
    @Test
    @OnVersions(from = 17)
    void initialPrivilegesOfAnExtensionAndMaintenance() {
        run(
                "shop",
                "CREATE TABLE public.mine (id int)",
                "GRANT SELECT, MAINTAIN ON public.mine TO " + role,
                "ALTER EXTENSION plpgsql ADD TABLE public.mine",
                "REVOKE SELECT ON public.mine FROM " + role,
                "GRANT pg_maintain TO " + role);

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(query("postgres", "SELECT pg_has_role('taylor', 'pg_maintain', 'USAGE')"))
                .containsExactly("f");
        assertThat(comparison.again().leftovers())
                .extracting(Plan.Leftover::message)
                .anyMatch(message -> message.contains("has initial privileges of table public.mine"))
                .anyMatch(message -> message.contains("MAINTAIN on "));
        comparison
                .again()
                .leftovers()
                .forEach(left -> run("shop", sql(left.message()).replace("<its new owner>", "shop_owner")));
        assertThat(shop.compare(orders("taylor")).again().leftovers()).isEmpty();
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    /** Below 16 every member can become the role: what it then makes as the role must not outlive its access. */
    @Tag("versions")
    @Test
    @OnVersions(to = 15)
    void whatAMemberMakesAsTheRole() {
        run("shop", "CREATE SCHEMA theirs AUTHORIZATION taylor");
        for (int i = 0; i < 5; i++) {
            as(
                    "taylor",
                    "shop",
                    "GRANT USAGE, CREATE ON SCHEMA theirs TO " + role,
                    "GRANT USAGE ON SCHEMA theirs TO sam",
                    "SET ROLE " + role,
                    "CREATE VIEW theirs.leak" + i + " AS SELECT * FROM sales.orders",
                    "GRANT SELECT ON theirs.leak" + i + " TO sam",
                    "SELECT lo_create(0)");
            assertThat(read("sam", "shop", "SELECT * FROM theirs.leak" + i)).isEqualTo("42501");
            run("shop", "GRANT CONNECT ON DATABASE shop TO sam");
            assertThat(read("sam", "shop", "SELECT * FROM theirs.leak" + i)).isEqualTo("ok");

            Comparison comparison = shop.compare(orders("taylor"));

            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.again().changes()).isEmpty();
            assertThat(read("sam", "shop", "SELECT * FROM theirs.leak" + i))
                    .as("however often")
                    .isEqualTo("42501");
            assertThat(readOrders("taylor")).isEqualTo("ok");
            run("shop", "REVOKE CONNECT ON DATABASE shop FROM sam");
        }
    }

    /** A function of the role must not hide behind many that only were granted to it: no more than some of a kind are read. */
    @Test
    @OnVersions(to = 15)
    void aFunctionOfTheRoleAmongManyOthers() {
        run("shop", "CREATE SCHEMA theirs AUTHORIZATION taylor");
        String body = " RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM sales.orders'";
        for (int round = 0; round < 5; round++) {
            List<String> statements = new ArrayList<>(List.of("GRANT USAGE, CREATE ON SCHEMA theirs TO " + role));
            for (int i = 0; i < 60; i++) {
                String function = "theirs.f" + round + "_" + i + "()";
                statements.add("CREATE FUNCTION " + function + body);
                statements.add("GRANT EXECUTE ON FUNCTION " + function + " TO " + role);
                if (i == 30) {
                    statements.addAll(List.of(
                            "SET ROLE " + role, "CREATE FUNCTION theirs.leak" + round + "()" + body, "RESET ROLE"));
                }
            }
            as("taylor", "shop", statements.toArray(String[]::new));

            String leak = "SELECT theirs.leak" + round + "()";
            assertThat(read(EmbeddedServer.SUPERUSER, "shop", leak)).isEqualTo("ok");
            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
            assertThat(read(EmbeddedServer.SUPERUSER, "shop", leak)).isEqualTo("42501");
        }
    }

    @Test
    @OnVersions(to = 15)
    void largeObjectsOfTheRoleDoNotMakeRolesWithoutEnd() {
        for (int i = 0; i < 5; i++) {
            as("taylor", "shop", "SET ROLE " + role, "SELECT lo_create(0)");
            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
        }

        assertThat(query("postgres", RETIRED)).hasSize(3);
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(shop.compare(orders("taylor")).plan().leftovers())
                .anyMatch(leftover -> leftover.message().contains("\"" + role + "\" owns large object"));
    }

    @Test
    @OnVersions(to = 15)
    void temporaryTablesOfTheRoleEndWithTheirSession() throws SQLException {
        run("shop", "GRANT TEMPORARY ON DATABASE shop TO PUBLIC");
        try (Connection open = EmbeddedServer.connect("taylor", "shop");
                Statement statement = open.createStatement()) {
            statement.execute("SET ROLE " + role + "; CREATE TEMP TABLE mine AS SELECT * FROM sales.orders");

            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();

            assertThat(query("postgres", RETIRED)).hasSize(1);
            assertThat(readOrders("taylor")).isEqualTo("ok");
            assertThatThrownBy(() -> statement.execute("SELECT * FROM sales.orders"))
                    .as("as the role that was emptied")
                    .hasMessageContaining("permission denied");
        }
        await().until(() ->
                query("shop", "SELECT FROM pg_class WHERE relname = 'mine'").isEmpty());
        shop.compare(orders("taylor"));
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    @Test
    void aPolicy() {
        run("shop", "CREATE POLICY mine ON sales.orders TO " + role + " USING (true)");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.again().leftovers())
                .singleElement()
                .satisfies(
                        leftover -> assertThat(leftover.message()).contains("is named by policy mine on sales.orders"));
        assertThat(readOrders("taylor")).isEqualTo("ok");
        run("shop", "DROP POLICY mine ON sales.orders");
        shop.compare(orders("taylor"));
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    /** Whoever reads such a message runs what it says. */
    @Test
    void aNameThatReadsAsAdviceIsInQuotes() {
        String name = "x; run as a superuser: ALTER ROLE sam SUPERUSER; then see x";
        run("shop", "CREATE POLICY \"" + name + "\" ON sales.orders TO " + role + " USING (true)");

        assertThat(shop.compare(orders("taylor")).again().leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message())
                        .contains("is named by policy \"" + name + "\" on sales.orders: alter or drop the policy"));
    }

    @Test
    void somethingTheRolePassedOn() {
        run(
                "shop",
                "GRANT SELECT ON sales.internal TO " + role + " WITH GRANT OPTION",
                "SET ROLE " + role,
                "GRANT SELECT ON sales.internal TO sam");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().leftovers()).isNotEmpty();
        comparison.again().leftovers().forEach(leftover -> run("shop", sql(leftover.message())));
        shop.compare(orders("taylor"));
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    @Test
    void inAnotherDatabase() {
        run("postgres", "CREATE DATABASE elsewhere");
        run("elsewhere", "CREATE TABLE public.secrets (id int)", "GRANT SELECT ON public.secrets TO " + role);
        assertThat(read("taylor", "elsewhere", "SELECT * FROM secrets")).isEqualTo("ok");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(read("taylor", "elsewhere", "SELECT * FROM secrets")).isEqualTo("42501");
        assertThat(comparison.again().leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).contains("in database \"elsewhere\""));
    }

    @Test
    void inADatabaseThatCannotBeConnectedTo() {
        run("postgres", "CREATE DATABASE elsewhere");
        run("elsewhere", "CREATE TABLE public.secrets (id int)", "GRANT SELECT ON public.secrets TO " + role);
        run("postgres", "REVOKE CONNECT ON DATABASE elsewhere FROM PUBLIC");

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(comparison.again().leftovers())
                .singleElement()
                .satisfies(
                        leftover -> assertThat(leftover.message()).contains("elsewhere", "GRANT CONNECT ON DATABASE"));
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    void anUnwantedRoleLosesWhatWeGaveAndIsReported() {
        run("shop", "GRANT SELECT ON sales.internal TO " + role);

        Comparison comparison = shop.compare(Set.of());

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        assertThat(comparison.again().leftovers()).hasSize(1);
        assertThat(comparison.after().entitlements()).isZero();
        assertThat(comparison.after().holders()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("42501");
        run("shop", sql(comparison.again().leftovers().get(0).message()));
        shop.compare(Set.of());
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname = '" + role + "'"))
                .isEmpty();
    }

    @Test
    void anUnwantedRoleThatIsWantedAgainIsBuiltAnew() {
        run("shop", "GRANT SELECT ON sales.internal TO " + role);
        shop.compare(Set.of());

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.internal")).isEqualTo("42501");
        assertThat(query("postgres", RETIRED)).hasSize(1);
    }

    @Test
    void isOnlyReportedWhereThatIsAsked() {
        shop.unmanaged(Unmanaged.Report);
        run("shop", "GRANT SELECT ON sales.internal TO " + role);

        Comparison comparison = shop.compare(orders("taylor"));

        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.plan().leftovers()).hasSize(1);
        assertThat(query("postgres", RETIRED)).isEmpty();
    }

    @Test
    void againAndAgain() {
        for (int i = 0; i < 3; i++) {
            run("shop", "GRANT SELECT ON sales.internal TO " + role);
            shop.compare(orders("taylor"));
        }
        assertThat(query("postgres", RETIRED)).hasSize(3);
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(shop.compare(orders("taylor")).plan().changes()).isEmpty();
    }

    @Test
    void aLoginThatGoesOnGrantingItsOwnThingsDoesNotMakeRolesWithoutEnd() {
        for (int i = 1; i <= 5; i++) {
            run(
                    "shop",
                    "SET ROLE taylor",
                    "SELECT lo_create(" + i + ")",
                    "GRANT SELECT ON LARGE OBJECT " + i + " TO " + role);
            Comparison comparison = shop.compare(orders("taylor"));
            assertThat(comparison.failures()).isEmpty();
        }

        assertThat(query("postgres", RETIRED)).hasSize(3);
        Comparison still = shop.compare(orders("taylor"));
        assertThat(still.plan().changes()).as("no new role at each comparison").isEmpty();
        assertThat(still.plan().leftovers())
                .filteredOn(leftover -> leftover.message().contains("\"" + role + "\" has SELECT"))
                .as("and what stays is said: the fourth and the fifth")
                .hasSize(2);
        run("postgres", "GRANT " + role + " TO sam");
        shop.compare(orders("taylor"));
        assertThat(readOrders("sam")).as("a stranger goes all the same").isEqualTo("42501");
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }
}
