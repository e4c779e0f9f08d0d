package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.session.ReadSurvey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random roles, memberships and grants: there is a way exactly where the server itself says that the login can read, as itself or as a role it may become.
 *
 * <p>The seed is printed; {@code -Dportcullis.random.seed=...} runs one again.
 */
class RandomWaysTest {
    private static final int TRIES = Math.max(5, Integer.getInteger("portcullis.random.tries", 100) / 5);
    private static final int ROLES = 7;
    private static final Profile ORDERS = Shop.ORDERS;
    private static final Profile INTERNAL = Shop.profile("shop", "sales", "internal");
    private static final List<String> LOGINS = List.of("taylor", "quinn", "riley");

    private Shop shop;
    private Random random = new Random(0);

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aWayIsFoundWhereTheServerLetsOneRead() throws Exception {
        long first = Long.getLong("portcullis.random.seed", new Random().nextLong());
        System.out.println("RandomWaysTest: " + TRIES + " tries, -Dportcullis.random.seed=" + first);
        for (int i = 0; i < TRIES; i++) {
            random = new Random(first + i);
            List<String> sql = state();
            run("shop", sql.toArray(String[]::new));
            // one of them also has the schema by an agreement on another port, which opens what PUBLIC may read
            shop.compare(
                    random.nextBoolean() ? Shop.entitlements(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "quinn") : Set.of());
            assertSame("seed " + (first + i) + "\n" + String.join(";\n", sql));
            wipe();
        }
    }

    private List<String> state() {
        List<String> sql = new ArrayList<>();
        sql.add("SET ROLE postgres");
        for (int i = 0; i < ROLES; i++) {
            sql.add("CREATE ROLE r" + i + attribute());
        }
        LOGINS.forEach(login -> sql.add("ALTER ROLE " + login + attribute()));
        for (int i = 0; i < ROLES; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextInt(4) == 0) {
                    sql.add("GRANT r" + i + " TO r" + j + options());
                }
            }
            if (random.nextInt(3) == 0) {
                sql.add("GRANT r" + i + " TO " + one(LOGINS) + options());
            }
        }
        grants(sql, "SELECT ON sales.orders", 3);
        grants(sql, "SELECT (id) ON sales.internal", 2);
        grants(sql, "USAGE ON SCHEMA sales", 3);
        grants(sql, "CONNECT ON DATABASE shop", 2);
        return sql;
    }

    private void grants(List<String> sql, String what, int most) {
        List<String> grantees = new ArrayList<>(LOGINS);
        grantees.add("PUBLIC");
        for (int i = 0; i < ROLES; i++) {
            grantees.add("r" + i);
        }
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            sql.add("GRANT " + what + " TO " + one(grantees));
        }
    }

    /** Below 16 it is the member that inherits, or not. */
    private String attribute() {
        return EmbeddedServer.VERSION >= 16 || random.nextBoolean() ? " INHERIT" : " NOINHERIT";
    }

    private String options() {
        return EmbeddedServer.VERSION < 16
                ? ""
                : " WITH INHERIT " + random.nextBoolean() + ", SET " + random.nextBoolean();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void assertSame(String story) throws Exception {
        Set<Entitlement> all = new HashSet<>();
        for (String login : LOGINS) {
            all.add(Shop.entitlement(Shop.PORT, ORDERS, login));
            all.add(Shop.entitlement(Shop.PORT, INTERNAL, login));
        }
        Map<Entitlement, List<Way>> ways = shop.session.ways(Set.of(), all);
        ReadSurvey.Found survey = survey();
        for (Entitlement entitlement : all) {
            String login = entitlement.principal().name();
            boolean readsOrders = entitlement.profile().equals(ORDERS);
            boolean reads = query("shop", """
                    SELECT EXISTS (
                      SELECT FROM pg_roles r
                      WHERE pg_has_role('%1$s', r.oid, '%3$s') AND r.rolname NOT LIKE 'portcullis%%'
                        AND has_any_column_privilege(r.oid, '%2$s', 'SELECT')
                        AND has_schema_privilege(r.oid, 'sales', 'USAGE')
                        AND has_database_privilege('%1$s', 'shop', 'CONNECT'))
                    """.formatted(
                                    login,
                                    readsOrders ? "sales.orders" : "sales.internal",
                                    EmbeddedServer.VERSION < 16 ? "MEMBER" : "SET"))
                    .contains("t");
            // what our own grant of the same table gives is no other way
            boolean byOurs =
                    readsOrders && query("postgres", """
                    SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
                    WHERE m.member = '%s'::regrole AND r.rolname LIKE 'portcullis\\_items%%'
                    """.formatted(login)).contains("1");
            if (!byOurs) {
                assertThat(!ways.get(entitlement).isEmpty())
                        .as(login + " " + entitlement.profile().canonical() + "\n" + story)
                        .isEqualTo(reads);
                assertThat(survey.reads().reads())
                        .as("survey of " + login + " " + entitlement.profile().canonical() + "\n" + story)
                        .filteredOn(read -> read.login().equals(login)
                                && read.table().name().equals(readsOrders ? "orders" : "internal")
                                && !survey.marked().contains(read.role()))
                        .hasSizeBetween(reads ? 1 : 0, reads ? Integer.MAX_VALUE : 0);
            }
        }
    }

    /** Whoever may connect sees who can read what. */
    private static ReadSurvey.Found survey() throws PlatformUnavailableException {
        try (ReadSurvey survey =
                new ReadSurvey(Shop.server(null), new Credentials("portcullis_login", "", Optional.empty()))) {
            return survey.in("shop");
        }
    }

    private void wipe() {
        List<String> sql = new ArrayList<>();
        for (int i = 0; i < ROLES; i++) {
            sql.add("DROP OWNED BY r" + i);
            sql.add("DROP ROLE r" + i);
        }
        String everybody = "PUBLIC, " + String.join(", ", LOGINS);
        sql.add("REVOKE ALL ON sales.orders FROM " + everybody);
        sql.add("REVOKE ALL (id) ON sales.internal FROM " + everybody);
        sql.add("REVOKE ALL ON SCHEMA sales FROM " + everybody);
        sql.add("REVOKE ALL ON DATABASE shop FROM " + everybody);
        run("shop", sql.toArray(String[]::new));
    }
}
