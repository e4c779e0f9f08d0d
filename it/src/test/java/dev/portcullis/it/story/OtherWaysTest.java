package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.status.Conditions;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others granted in the database besides: it is said with the path, while the agreement lasts and when it has ended, and never touched. */
class OtherWaysTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String table = "other_ways_" + Story.login(story.taylor);

    private void sql(String statements) {
        story.shop()
                .execute(
                        "shop",
                        statements.replace("$table", "sales." + table).replace("$taylor", Story.login(story.taylor)));
    }

    private void granted() {
        sql(
                "SET ROLE shop_owner; CREATE TABLE $table (id int, email text); INSERT INTO $table VALUES (1, 'a@example.com')");
        story.offer("some", "[{name: " + table + ", columns: [id]}]", "autoApprove: true");
        story.request("reader", "some", story.taylor, "");
        story.awaitPhase("reader", Phase.Active);
    }

    private static Optional<Condition> condition(DataUsageAgreement agreement, String type) {
        return Conditions.find(agreement.getStatus().conditions(), type);
    }

    private DataUsageAgreement await(String type, boolean there) {
        return story.awaitAgreement(
                "reader",
                type + (there ? " is said" : " is not said"),
                agreement -> condition(agreement, type).isPresent() == there);
    }

    @Test
    void whatEverybodyMayReadIsSaidWhileItIsAgreed() {
        granted();
        assertThat(condition(story.agreement("reader"), "AccessBeyond")).isEmpty();
        sql("GRANT SELECT ON $table TO PUBLIC");

        Condition beyond =
                condition(await("AccessBeyond", true), "AccessBeyond").orElseThrow();
        assertThat(beyond.status()).isEqualTo(Condition.Status.True);
        assertThat(beyond.reason()).isEqualTo("MoreThanAgreed");
        assertThat(beyond.message())
                .contains(
                        "everybody (PUBLIC) has SELECT on all columns of TABLE \"sales\".\"" + table
                                + "\" by a grant of \"shop_owner\"",
                        "REVOKE SELECT ON TABLE");
        assertThat(story.agreement("reader").getStatus().phase()).isEqualTo(Phase.Active);
        String version = story.agreement("reader").getMetadata().getResourceVersion();
        assertThat(story.reads(story.taylor, table)).isTrue();

        sql("REVOKE SELECT ON $table FROM PUBLIC");
        assertThat(await("AccessBeyond", false).getMetadata().getResourceVersion())
                .as("only what changes is written")
                .isNotEqualTo(version);
    }

    @Test
    void aChainOfRolesIsSaidBeforeAndAfter() throws IOException {
        granted();
        sql("CREATE ROLE reporting_$taylor; CREATE ROLE analysts_$taylor IN ROLE reporting_$taylor;"
                + " GRANT analysts_$taylor TO $taylor; SET ROLE shop_owner;"
                + " GRANT USAGE ON SCHEMA sales TO reporting_$taylor; GRANT SELECT ON $table TO reporting_$taylor");
        String login = Story.login(story.taylor);
        String path = "\"" + login + "\" is a member of \"analysts_" + login + "\", which is a member of \"reporting_"
                + login + "\", which has SELECT on all columns of TABLE";
        assertThat(condition(await("AccessBeyond", true), "AccessBeyond")
                        .orElseThrow()
                        .message())
                .contains(path);

        story.decide(story.olga, "reader", "revoked");

        DataUsageAgreement revoked = await("AccessRemains", true);
        assertThat(revoked.getStatus().phase()).isEqualTo(Phase.Revoked);
        assertThat(revoked.getStatus().provisioning().status()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(condition(revoked, "AccessBeyond")).isEmpty();
        assertThat(condition(revoked, "Granted").orElseThrow().status()).isEqualTo(Condition.Status.False);
        String message = condition(revoked, "AccessRemains").orElseThrow().message();
        assertThat(message).contains(path);
        assertThat(story.holders(story.portUid("some"))).isEmpty();
        assertThat(story.reads(story.taylor, table)).as("as it says").isTrue();
        Installation.await(
                "an Event says so",
                () ->
                        installation
                                .admin()
                                .resources(Event.class)
                                .inNamespace(story.marketing)
                                .list()
                                .getItems()
                                .stream()
                                .anyMatch(event -> event.getReason().equals("AccessRemains")
                                        && event.getRegarding().getName().equals("reader")));
        assertThat(Files.readAllLines(installation.operator().log()))
                .anyMatch(line -> line.contains("access-remains") && line.contains(story.marketing + "/reader"));

        // what the message says to run
        sql(message.substring(message.indexOf("run as a superuser: ") + 20));
        await("AccessRemains", false);
        assertThat(story.reads(story.taylor, table)).isFalse();
    }

    @Test
    void whatOthersGrantedHoldsNoDeletionUp() {
        granted();
        sql("SET ROLE shop_owner; GRANT USAGE ON SCHEMA sales TO $taylor; GRANT SELECT ON $table TO $taylor");
        await("AccessBeyond", true);

        story.delete("reader");

        Installation.await("it is gone", () -> story.agreement("reader") == null);
        assertThat(story.reads(story.taylor, table)).isTrue();
        Installation.await(
                "an Event says so",
                () ->
                        installation
                                .admin()
                                .resources(Event.class)
                                .inNamespace(story.marketing)
                                .list()
                                .getItems()
                                .stream()
                                .anyMatch(event -> event.getReason().equals("AccessRemains")));
    }
}
