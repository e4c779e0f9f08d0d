package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.change.DropRole;
import java.sql.Connection;
import java.sql.SQLException;
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

/** A login that grants something to roles of ours and does not commit keeps them from being dropped, and nothing else from happening. */
class HeldRoleTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Connection hold(String login, String roles) throws SQLException {
        Connection connection = EmbeddedServer.connect(login, "postgres");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE held (id int)");
            statement.execute("GRANT SELECT ON held TO " + roles);
        }
        return connection;
    }

    @Test
    void whoseAccessEndedLosesItAlsoWhereTheRoleIsBuiltAnew() throws SQLException {
        shop.compare(orders("taylor", "quinn"));
        run("postgres", "GRANT " + shop.role() + " TO sam");
        try (Connection held = hold("sam", shop.role())) {
            Shop.Comparison comparison = shop.compare(orders("taylor", "riley"));

            assertThat(readOrders("quinn")).as("ended").isEqualTo("42501");
            assertThat(readOrders("sam")).as("a stranger").isEqualTo("42501");
            assertThat(readOrders("taylor")).isEqualTo("ok");
            assertThat(readOrders("riley")).as("new").isEqualTo("ok");
            assertThat(comparison.failures())
                    .filteredOn(failure -> !(failure instanceof Outcome.Refused refused
                            && refused.reason() == Reason.SessionsMayRemain))
                    .as("only the drop")
                    .hasSize(EmbeddedServer.VERSION == 15 ? 0 : 1);
            held.rollback();
        }
        shop.compare(orders("taylor", "riley"));
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname LIKE '%retired%'"))
                .isEmpty();
    }

    @Test
    void aRoleThatWasPutIntoAGroupIsLeftByAllTheSame() throws SQLException {
        run("postgres", "CREATE ROLE g", "GRANT g TO quinn WITH ADMIN OPTION");
        shop.compare(orders("taylor", "quinn"));
        EmbeddedServer.as("quinn", "postgres", "GRANT g TO " + shop.role());
        try (Connection held = hold("quinn", shop.role())) {
            shop.compare(orders("taylor"));

            assertThat(readOrders("quinn")).isEqualTo("42501");
            assertThat(readOrders("taylor")).isEqualTo("ok");
            shop.compare(Set.of());
            assertThat(readOrders("taylor")).isEqualTo("42501");
            held.rollback();
        }
    }

    @Test
    void manyHeldRolesDelayNothing() throws SQLException {
        Set<Entitlement> all = new HashSet<>();
        List<String> roles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PortId port = new PortId("uid-" + i, "checkout", "p" + i);
            all.addAll(Shop.entitlements(port, Shop.ORDERS, "quinn"));
            roles.add(shop.role(port, Shop.ORDERS));
        }
        shop.compare(all);
        try (Connection held = hold("quinn", String.join(", ", roles))) {
            Instant start = Instant.now();
            Shop.Comparison comparison = shop.compare(Set.of());

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(comparison.results())
                    .filteredOn(result -> result.change() instanceof DropRole)
                    .as("the drops")
                    .hasSize(20)
                    .allMatch(result -> result.outcome() instanceof Outcome.Refused);
            assertThat(readOrders("quinn")).isEqualTo("42501");
            held.rollback();
        }
    }
}
