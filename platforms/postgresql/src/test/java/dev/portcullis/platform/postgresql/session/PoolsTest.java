package dev.portcullis.platform.postgresql.session;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.postgresql.Shop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final String HOUSEKEEPING = "com.zaxxer.hikari.housekeeping.periodMs";
    private static final List<String> DATABASES =
            IntStream.range(0, 10).mapToObj(number -> "many_" + number).toList();

    private Pools pools;

    @BeforeEach
    void open() {
        Shop.fresh().close();
        DATABASES.forEach(database -> run("postgres", "CREATE DATABASE " + database));
        System.setProperty(HOUSEKEEPING, "200");
        pools = new Pools(
                new DataSources(
                        Shop.server("portcullis"),
                        new Credentials("portcullis_login", "not-checked", Optional.empty())),
                Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        pools.close();
        System.clearProperty(HOUSEKEEPING);
    }

    /**
     * And who owns a database decides whether it lets anybody in: nobody's revoke waits for that. One test, since Hikari lets no connection be idle for
     * less than ten seconds.
     */
    @Test
    void neverMoreThanEightAndIdleOnesAreClosedButTheFirst() throws Exception {
        use("postgres");
        for (String database : DATABASES) {
            use(database);
            await().untilAsserted(() -> assertThat(connected()).hasSizeLessThanOrEqualTo(8));
        }
        assertThat(connected()).hasSize(8).contains("postgres", "many_9").doesNotContain("many_0");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(connected()).containsExactly("postgres"));

        run("postgres", "ALTER DATABASE many_9 ALLOW_CONNECTIONS false");

        long start = System.nanoTime();
        assertThatThrownBy(() -> use("many_9"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("55000"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void whatIsClosedGivesNoConnectionAnyMore() throws Exception {
        use("postgres");
        pools.close();

        assertThatThrownBy(() -> use("postgres"))
                .isInstanceOf(SQLException.class)
                .hasMessage("the session is closed");
        await().untilAsserted(() -> assertThat(connected()).isEmpty());
    }

    private void use(String database) throws SQLException {
        pools.connect(database).close();
    }

    private static List<String> connected() {
        return query("postgres", "SELECT datname FROM pg_stat_activity WHERE application_name = 'portcullis'");
    }
}
