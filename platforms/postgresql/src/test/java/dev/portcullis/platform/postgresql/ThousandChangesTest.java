package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Among a thousand changes one waits for a lock, one is for nobody and one for nothing: all others are made, and revokes at once. */
class ThousandChangesTest {
    private static final int PEOPLE = 250;
    private static final int PORTS = 4;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        List<String> logins = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            logins.add("CREATE ROLE person_" + i + " LOGIN");
        }
        run("postgres", logins.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void oneLockOneMissingPrincipalAndOneBrokenPortDelayNobody() throws Exception {
        Set<Entitlement> everybody = new HashSet<>();
        for (int port = 0; port < PORTS; port++) {
            for (int person = 0; person < PEOPLE; person++) {
                everybody.add(Shop.entitlement(port(port), Shop.ORDERS, "person_" + person));
            }
        }
        PortId narrowed = port(100);
        everybody.addAll(Shop.entitlements(narrowed, Shop.ORDERS_AND_ITEMS, "taylor"));
        assertThat(shop.compare(everybody).failures()).isEmpty();

        Set<Entitlement> wanted = new HashSet<>();
        // of this port a table was taken off, and somebody is changing just that table
        Profile ordersOnly = Shop.ORDERS;
        wanted.addAll(Shop.entitlements(narrowed, ordersOnly, "taylor"));
        wanted.addAll(Shop.entitlements(port(101), Shop.ORDERS, "nobody"));
        wanted.addAll(Shop.entitlements(port(102), Shop.profile("shop", "sales", "no_such_table"), "quinn"));
        try (Connection migration = EmbeddedServer.connect(EmbeddedServer.SUPERUSER, "shop");
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("GRANT SELECT ON sales.order_items TO sam");
            Instant start = Instant.now();

            Shop.Comparison comparison = shop.compare(wanted);

            assertThat(comparison.plan().changes()).hasSizeGreaterThan(1000);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(
                            query(
                                    "postgres",
                                    "SELECT count(*) FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member WHERE p.rolname LIKE 'person%'"))
                    .containsExactly("0");
            assertThat(comparison.refused()).containsExactlyInAnyOrder(Reason.PrincipalNotFound, Reason.ObjectNotFound);
            assertThat(comparison.again().changes())
                    .as("what waits for the migration")
                    .allMatch(change -> change.describe().contains("order")
                            || change.describe().startsWith("DROP ROLE"));
            migration.rollback();
        }
        assertThat(shop.compare(wanted).failures()).isEmpty();
        assertThat(EmbeddedServer.read("taylor", "shop", "SELECT * FROM sales.order_items"))
                .isEqualTo("42501");
    }

    private static PortId port(int number) {
        return new PortId("uid-" + number, "checkout", "port-" + number);
    }
}
