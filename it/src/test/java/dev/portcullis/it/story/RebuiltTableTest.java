package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tables are rebuilt by create and rename, as dbt does, and lose every grant; names in ports are mistyped. */
class RebuiltTableTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void theAccessIsBackWithinTwentySeconds() throws SQLException {
        installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"drift\":{\"interval\":\"24h\"}}}");
        execute("CREATE TABLE sales.rebuilt (id int)");
        story.offer("rebuilt", "[{name: rebuilt}]", "autoApprove: true");
        story.request("reader", "rebuilt", story.taylor, "");
        story.awaitPhase("reader", Phase.Active);
        awaitReady("rebuilt", "Offered");
        assertThat(story.reads(story.taylor, "rebuilt")).isTrue();

        execute(
                "CREATE TABLE sales.rebuilt_new (id int)",
                "ALTER TABLE sales.rebuilt RENAME TO rebuilt_old",
                "ALTER TABLE sales.rebuilt_new RENAME TO rebuilt",
                "DROP TABLE sales.rebuilt_old");
        assertThat(story.reads(story.taylor, "rebuilt")).isFalse();

        Await.until(Duration.ofSeconds(20), "the access is back", () -> story.reads(story.taylor, "rebuilt"));
        assertThat(story.agreement("reader").getStatus().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void theProviderIsToldOfATableThatIsNotThere() {
        story.offer("mistyped", "[{name: oders}]", "");

        awaitReady("mistyped", "ObjectNotFound");
    }

    private void awaitReady(String port, String reason) {
        Installation.await(port + " is " + reason, () -> {
            var status = installation.port(story.checkout, port).getStatus();
            return status != null
                    && Conditions.find(status.conditions(), "Ready")
                            .filter(ready -> ready.reason().equals(reason))
                            .isPresent();
        });
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = installation.postgres().connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE shop_owner");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
