package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody has open while the access ends: with {@code revoke.terminateSessions} it ends too, or the operator says that it may not end it. */
class SessionsTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @AfterEach
    void takeTheRightBack() {
        installation.shop().execute("postgres", "REVOKE pg_signal_backend FROM portcullis");
    }

    @Test
    void openSessionsEndWithTheAccessOrItIsSaidThatTheyMayRemain() throws SQLException {
        terminateSessions();
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("first", "orders", story.taylor, "");
        story.request("second", "orders", story.quinn, "");
        story.awaitPhase("first", Phase.Active);
        story.awaitPhase("second", Phase.Active);
        Installation.await(
                "the missing right is said",
                () -> platform().filter(this::tellsWhatToRun).isPresent());

        try (Connection taylor = connect(story.taylor);
                Statement statement = reading(taylor)) {
            story.patchSpec("first", "{\"cancelled\":true}");
            DataUsageAgreement cancelled = story.awaitAgreement("first", "taken away", SessionsTest::isTakenAway);

            Condition granted = Conditions.find(cancelled.getStatus().conditions(), "Granted")
                    .orElseThrow();
            assertThat(granted.status()).isEqualTo(Condition.Status.False);
            assertThat(granted.reason()).isEqualTo("SessionsMayRemain");
            assertThat(granted.message()).contains("pg_terminate_backend", Story.login(story.taylor));
            assertThat(next(statement)).as("as it says").isTrue();
            assertThat(story.reads(story.taylor, "orders")).isFalse();
        }

        installation.shop().execute("postgres", "GRANT pg_signal_backend TO portcullis");
        Installation.await("nothing is missing", () -> platform().isEmpty());

        try (Connection quinn = connect(story.quinn);
                Statement statement = reading(quinn)) {
            story.patchSpec("second", "{\"cancelled\":true}");
            DataUsageAgreement cancelled = story.awaitAgreement("second", "taken away", SessionsTest::isTakenAway);

            assertThat(Conditions.find(cancelled.getStatus().conditions(), "Granted"))
                    .map(Condition::reason)
                    .contains("Deprovisioned");
            Installation.await("the session is ended", () -> !quinn.isValid(1));
            assertThat(next(statement)).isFalse();
        }
    }

    private boolean tellsWhatToRun(Condition condition) {
        return condition.message().contains("GRANT pg_signal_backend TO \"portcullis\"");
    }

    private static boolean isTakenAway(DataUsageAgreement agreement) {
        return agreement.getStatus().phase() == Phase.Cancelled
                && agreement.getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned;
    }

    private Connection connect(String person) throws SQLException {
        String login = Story.login(person);
        return installation.postgres().connect(ShopDatabase.DATABASE, login, ShopDatabase.passwordOf(login));
    }

    private static Statement reading(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.execute("DECLARE rows CURSOR FOR SELECT * FROM sales.orders");
        return statement;
    }

    private static boolean next(Statement statement) {
        try (ResultSet rows = statement.executeQuery("FETCH rows")) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private Optional<Condition> platform() {
        DataPlatform platform = installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .get();
        return Optional.ofNullable(platform.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), "SessionsMayRemain"));
    }

    private void terminateSessions() {
        installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"revoke\":{\"terminateSessions\":true}}}");
    }
}
