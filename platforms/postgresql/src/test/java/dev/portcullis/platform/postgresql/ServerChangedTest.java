package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.role.Mark;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session stays with the server it began with. */
class ServerChangedTest {
    private static final List<Change> CREATION =
            List.of(new CreateRole("portcullis_late_0000000000000000", Mark.of(Shop.OWNER, Shop.PORT)));

    @AfterEach
    void mayBeRead() {
        EmbeddedServer.run("postgres", "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
    }

    @Test
    void anotherServerOnTheSamePortIsNeitherReadNorWritten() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.builder().start();
        int port = first.getPort();
        try (Shop shop = Shop.as(Shop.OWNER, superuserOf(port), EmbeddedServer.SUPERUSER)) {
            String identity = shop.session.server().identity();
            assertThat(identity).matches("[0-9]{15,}");
            first.close();
            try (EmbeddedPostgres second =
                    EmbeddedPostgres.builder().setPort(port).start()) {
                assertThat(refusal(() -> shop.session.execute(CREATION)))
                        .as("the lost connection first")
                        .isIn(Reason.Unreachable, Reason.ServerChanged);
                assertThat(refusal(() -> shop.session.execute(CREATION))).isEqualTo(Reason.ServerChanged);
                assertThat(refusal(() -> shop.session.observe(new Scope.Everything(), Set.of())))
                        .isEqualTo(Reason.ServerChanged);
                assertThat(refusal(() -> shop.session.look(Set.of(Shop.ORDERS))))
                        .isEqualTo(Reason.ServerChanged);
                assertThat(refusal(shop.session::server)).isEqualTo(Reason.ServerChanged);
                assertThat(roles(second)).isZero();

                try (Shop anew = Shop.as(Shop.OWNER, superuserOf(port), EmbeddedServer.SUPERUSER)) {
                    assertThat(anew.session.server().identity())
                            .matches("[0-9]{15,}")
                            .isNotEqualTo(identity);
                }
            }
        }
    }

    /** A server that is swapped could refuse it too. */
    @Test
    void anIdentityThatCannotBeReadAnyMoreIsAnotherServers() throws Exception {
        try (Shop shop = Shop.fresh()) {
            shop.compare(orders("taylor"));
            EmbeddedServer.run("postgres", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

            assertThat(refusal(() -> shop.session.execute(CREATION))).isEqualTo(Reason.ServerChanged);
            assertThat(refusal(shop.session::server)).isEqualTo(Reason.ServerChanged);
        }
    }

    @Test
    void withoutTheRightToReadItAServerHasNoIdentity() throws Exception {
        try (Shop shop = Shop.fresh()) {
            EmbeddedServer.run("postgres", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

            assertThat(shop.session.server().identity()).isEmpty();
            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");

            mayBeRead();
            assertThat(refusal(shop.session::server)).isEqualTo(Reason.ServerChanged);
        }
        try (Shop shop = Shop.as(Shop.OWNER)) {
            assertThat(shop.session.server().identity()).isNotEmpty();
        }
    }

    @Test
    void aDatabaseThatDoesNotTellItsServerIsRefused() throws Exception {
        try (Shop shop = Shop.fresh()) {
            EmbeddedServer.run("shop", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

            Shop.Comparison comparison = shop.compare(orders("taylor"));

            assertThat(comparison.refused()).containsExactly(Plan.Reason.ObjectNotFound);
            assertThat(comparison.plan().refusals().get(0).message())
                    .contains("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC;");
            assertThat(readOrders("taylor")).isEqualTo("42501");
        }
    }

    private interface Work {
        Object run() throws PlatformUnavailableException;
    }

    private static Reason refusal(Work work) {
        PlatformUnavailableException e = catchThrowableOfType(PlatformUnavailableException.class, work::run);
        assertThat(e).isNotNull();
        return e.reason();
    }

    private static long roles(EmbeddedPostgres server) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'portcullis%'")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static PostgresqlServer superuserOf(int port) {
        return new PostgresqlServer(
                "localhost", port, "postgres", null, SslMode.DISABLE, null, new SecretReference("ns", "secret"));
    }
}
