package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.EndSessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a session that is open while its login loses access may still read, and who ends it. */
class SessionsTest {
    private static final Sessions END = new Sessions(true, Set.of());

    private Shop shop;
    private Connection taylor;
    private Statement session;

    @BeforeEach
    void grantOrdersToTaylor() throws SQLException {
        shop = Shop.fresh();
        shop.compare(orders("taylor", "quinn"));
        taylor = EmbeddedServer.connect("taylor", "shop");
        session = taylor.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        taylor.close();
        shop.close();
    }

    private static void mayEndSessions() {
        run("postgres", "GRANT pg_signal_backend TO portcullis");
    }

    private String read() {
        return read(session);
    }

    private static String read(Statement session) {
        try (ResultSet rows = session.executeQuery("SELECT * FROM sales.orders")) {
            return rows.next() ? "ok" : "nothing";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private boolean isOpen() {
        try (ResultSet rows = session.executeQuery("SELECT 1")) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private void ended() {
        await().until(() -> !isOpen());
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(readOrders("quinn")).isEqualTo("ok");
    }

    private void becomesTheRole() throws SQLException {
        session.execute("SET ROLE " + shop.role());
        assertThat(read()).isEqualTo("ok");
    }

    @Tag("versions")
    @Test
    @OnVersions(to = 15)
    void aSessionThatBecameTheRoleIsEndedBelow16() throws SQLException {
        mayEndSessions();
        becomesTheRole();

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.plan().warnings()).isEmpty();
        assertThat(comparison.again().changes()).isEmpty();
        ended();
    }

    @Tag("versions")
    @Test
    @OnVersions(to = 15)
    void whereItMayNotBeEndedThatIsSaid() throws SQLException {
        becomesTheRole();

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.failures()).singleElement().satisfies(outcome -> {
            Outcome.Refused refused = (Outcome.Refused) outcome;
            assertThat(refused.reason()).isEqualTo(Reason.SessionsMayRemain);
            assertThat(refused.message()).contains("pg_terminate_backend", "usename = 'taylor'");
        });
        if (EmbeddedServer.VERSION == 14) {
            assertThat(read())
                    .as("what it became is another role than the one of today")
                    .isEqualTo("42501");
        } else {
            assertThat(read()).as("it goes on reading").isEqualTo("ok");
        }
        assertThat(readOrders("taylor")).as("but no other session does").isEqualTo("42501");
        assertThat(comparison.again().changes()).isEmpty();
        Plan.Warning warning = comparison.again().warnings().get(0);
        assertThat(warning.reason()).isEqualTo(Reason.SessionsMayRemain);
        run("postgres", warning.message().substring(warning.message().indexOf("GRANT ")));
        assertThat(shop.compare(orders("quinn")).plan().warnings()).isEmpty();
    }

    @Test
    @OnVersions(to = 15)
    void aMoveToLessIsALossToo() throws SQLException {
        mayEndSessions();
        becomesTheRole();

        shop.compare(both(orders("quinn"), entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor")));

        await().until(() -> !isOpen());
    }

    @Test
    @OnVersions(to = 15)
    void aMoveToMoreIsNone() throws SQLException {
        mayEndSessions();

        shop.compare(both(orders("quinn"), entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor")));

        assertThat(read()).isEqualTo("ok");
    }

    @Tag("versions")
    @Test
    @OnVersions(from = 16)
    void anOpenCursorGoesOnReadingSince16() throws SQLException {
        mayEndSessions();
        taylor.setAutoCommit(false);
        session.execute("DECLARE rows CURSOR FOR SELECT * FROM sales.orders");

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.plan().warnings()).isEmpty();
        assertThat(comparison.plan().changes()).noneMatch(EndSessions.class::isInstance);
        try (ResultSet rows = session.executeQuery("FETCH rows")) {
            assertThat(rows.next()).as("what was open is read to its end").isTrue();
        }
        assertThat(read()).isEqualTo("42501");
    }

    @Tag("versions")
    @Test
    void itEndsWhereThePlatformSaysSo() throws SQLException {
        shop.sessions(END);
        mayEndSessions();
        taylor.setAutoCommit(false);
        session.execute("DECLARE rows CURSOR FOR SELECT * FROM sales.orders");

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.sql())
                .filteredOn(sql -> sql.contains("pg_terminate_backend"))
                .singleElement()
                .asString()
                .startsWith("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'taylor'");
        ended();
    }

    @Test
    void aMissingRightIsSaidBeforeAnybodyLosesAccess() {
        shop.sessions(END);

        Comparison comparison = shop.compare(orders("taylor", "quinn"));

        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.plan().warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.message()).contains("GRANT pg_signal_backend TO \"portcullis\";"));
        assertThat(isOpen()).isTrue();
    }

    @Test
    void membersOfTheLoginMayEndItsSessionsToo() {
        shop.sessions(END);
        shop.compare(orders("quinn", "taylor"));
        run("postgres", "GRANT taylor TO portcullis");

        // a login with members is no principal any more, which is a loss too
        Comparison comparison = shop.compare(orders("quinn", "taylor"));

        assertThat(comparison.failures()).isEmpty();
        await().until(() -> !isOpen());
    }

    @Tag("versions")
    @Test
    void whoeverDiedBeforeItCameToSessionsIsFollowed() {
        mayEndSessions();
        shop.compare(orders("taylor", "quinn"));
        // the membership is gone, and nothing else was done
        as("portcullis_login", "postgres", "SET ROLE portcullis", "REVOKE " + shop.role() + " FROM taylor");
        Holding before = new Holding(Shop.PORT, shop.role(), new Principal("taylor"), true);
        Holding wanted = new Holding(Shop.PORT, shop.role(), new Principal("quinn"), true);
        shop.sessions(new Sessions(true, Set.of(before, wanted)));

        Comparison comparison = shop.compare(orders("quinn"));

        assertThat(comparison.plan().changes())
                .filteredOn(EndSessions.class::isInstance)
                .singleElement()
                .satisfies(change -> assertThat(change.principal()).contains(new Principal("taylor")));
        assertThat(comparison.plan().changes())
                .as("below 15 the role is built anew besides")
                .hasSize(EmbeddedServer.VERSION == 14 ? 4 : 1);
        assertThat(comparison.again().changes()).isEmpty();
        ended();
        assertThat(shop.compare(orders("quinn")).plan().changes())
                .as("nobody is connected any more")
                .noneMatch(EndSessions.class::isInstance);
    }

    @Test
    void theOperatorsOwnAndSuperusersAreLeftAlone() {
        mayEndSessions();
        shop.sessions(END);
        run(
                "postgres",
                "CREATE ROLE portcullis_next LOGIN NOINHERIT",
                "GRANT portcullis TO portcullis_next",
                "ALTER ROLE sam SUPERUSER",
                "GRANT " + shop.role() + " TO sam, portcullis_login, portcullis_next");
        try (Connection next = EmbeddedServer.connect("portcullis_next", "postgres");
                Connection sam = EmbeddedServer.connect("sam", "postgres")) {
            Comparison comparison = shop.compare(orders("quinn"));

            assertThat(comparison.failures()).isEmpty();
            ended();
            assertThat(next.isValid(5)).isTrue();
            assertThat(sam.isValid(5)).isTrue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            run("postgres", "ALTER ROLE sam NOSUPERUSER");
        }
        assertThat(query("postgres", "SELECT count(*) > 0 FROM pg_stat_activity WHERE usename = 'portcullis_login'"))
                .containsExactly("t");
    }

    @Test
    void nobodyIsDisconnectedWhoseAccessCouldNotBeTaken() throws SQLException {
        mayEndSessions();
        shop.sessions(END);
        try (Connection other = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // whoever changes the membership and does not commit
            statement.execute("REVOKE " + shop.role() + " FROM taylor"
                    + (EmbeddedServer.hasMembershipsPerGrantor() ? " GRANTED BY portcullis" : ""));

            Comparison comparison = shop.compare(orders("quinn"));

            // below 15 the access goes with the role that is built anew, and only the old one cannot be dropped
            assertThat(comparison.failures()).hasSize(2);
            if (EmbeddedServer.VERSION > 14) {
                assertThat(isOpen()).isTrue();
            }
            other.rollback();
        }
        assertThat(shop.compare(orders("quinn")).failures()).isEmpty();
        ended();
    }

    /** A membership by others' grant goes only with the role, and anybody who has just granted something to it keeps it from being dropped. */
    @Test
    @OnVersions(from = 16)
    void nobodyIsDisconnectedWhoseAccessDidNotGoWithTheRole() throws SQLException {
        mayEndSessions();
        run("postgres", "GRANT " + shop.role() + " TO riley WITH INHERIT TRUE");
        shop.sessions(new Sessions(true, Set.of(new Holding(Shop.PORT, shop.role(), new Principal("riley"), true))));
        try (Connection riley = EmbeddedServer.connect("riley", "shop")) {
            try (Connection other = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("GRANT INSERT ON sales.orders TO " + shop.role());

                Comparison comparison = shop.compare(Set.of());

                assertThat(comparison.results())
                        .filteredOn(result -> result.outcome() instanceof Outcome.Refused)
                        .extracting(Result::change)
                        .hasAtLeastOneElementOfType(DropRole.class)
                        .hasAtLeastOneElementOfType(EndSessions.class);
                assertThat(riley.isValid(5)).isTrue();
                other.rollback();
            }
            assertThat(shop.compare(Set.of()).failures()).isEmpty();
            await().until(() -> !riley.isValid(5));
        }
    }

    @Test
    @OnVersions(from = 16)
    void aForgedMarkEndsNobodysSessions() throws SQLException {
        mayEndSessions();
        shop.sessions(END);
        String mark = query(
                        "postgres",
                        "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = '" + shop.role()
                                + "'")
                .get(0);
        as(
                "admin_too",
                "postgres",
                "CREATE ROLE forged",
                "CREATE ROLE beyond",
                "COMMENT ON ROLE forged IS '" + mark + "'",
                "GRANT beyond TO forged",
                "GRANT forged TO portcullis WITH ADMIN OPTION",
                "GRANT forged TO riley");
        try (Connection riley = EmbeddedServer.connect("riley", "postgres")) {
            Comparison comparison = shop.compare(orders("taylor", "quinn"));

            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.again().changes()).isEmpty();
            assertThat(comparison.plan().changes()).noneMatch(EndSessions.class::isInstance);
            assertThat(riley.isValid(5)).isTrue();
        }
        assertThat(isOpen()).isTrue();
    }

    @Tag("versions")
    @Test
    @OnVersions(to = 14)
    void whomTheLoginLetBecomeTheRoleReadsNothingAfterwards() throws SQLException {
        mayEndSessions();
        try (Connection riley = becomesTheRoleByTaylor();
                Statement accomplice = riley.createStatement()) {
            Comparison comparison = shop.compare(orders("quinn"));

            assertThat(comparison.failures()).isEmpty();
            assertThat(comparison.again().changes()).isEmpty();
            assertThat(read(accomplice)).isNotEqualTo("ok");
        }
        ended();
    }

    /** Also where the process that took the login out died before, or something kept it from finishing. */
    @Tag("versions")
    @Test
    @OnVersions(to = 14)
    void whomTheLoginLetBecomeTheRoleReadsNothingHoweverOftenThatIsPutOff() throws SQLException {
        mayEndSessions();
        try (Connection riley = becomesTheRoleByTaylor();
                Statement accomplice = riley.createStatement();
                Connection owner = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                Statement busy = owner.createStatement()) {
            owner.setAutoCommit(false);
            // no other grant on the table can be made or taken meanwhile
            busy.execute("GRANT SELECT ON sales.orders TO sam");

            Comparison putOff = shop.compare(orders("quinn"));

            assertThat(putOff.failures()).isNotEmpty();
            assertThat(readOrders("taylor")).isEqualTo("42501");
            assertThat(read(accomplice)).isEqualTo("ok");
            assertThat(putOff.again().changes()).as("it is not forgotten").isNotEmpty();
            assertThat(putOff.again().leftovers())
                    .as("nor kept quiet")
                    .extracting(Plan.Leftover::reason)
                    .containsExactly(Plan.Reason.SessionsMayRemain);
            owner.rollback();
            try (Shop next = Shop.as(shop.owner)) {
                assertThat(next.compare(orders("quinn")).failures()).isEmpty();
            }
            assertThat(read(accomplice)).isNotEqualTo("ok");
        }
        ended();
    }

    private Connection becomesTheRoleByTaylor() throws SQLException {
        // below 15 every login may do that
        as("taylor", "postgres", "GRANT taylor TO riley");
        Connection riley = EmbeddedServer.connect("riley", "shop");
        try (Statement accomplice = riley.createStatement()) {
            accomplice.execute("SET ROLE " + shop.role());
            as("taylor", "postgres", "REVOKE taylor FROM riley");
            assertThat(read(accomplice)).isEqualTo("ok");
        }
        return riley;
    }
}
