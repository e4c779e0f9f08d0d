package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the provider should know of the tables that a port offers. */
class PortNoticesTest {
    private static final Duration NEXT_LOOK = Duration.ofSeconds(25);

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String table = "notices_" + Story.login(story.taylor);

    private void sql(String statements) {
        story.shop().execute("shop", "SET ROLE shop_owner; " + statements.replace("$table", "sales." + table));
    }

    private OutputPort port() {
        return installation.port(story.checkout, "noticed");
    }

    private Optional<Condition> condition(String type) {
        return Conditions.find(port().getStatus().conditions(), type);
    }

    private void awaitCondition(String type, boolean there) {
        Await.until(
                NEXT_LOOK,
                () -> type + (there ? "" : " gone") + ", but it is " + port().getStatus(),
                () -> condition(type).isPresent() == there);
    }

    private void offered(String tables) {
        story.offer("noticed", tables, "autoApprove: true");
        Await.until(
                NEXT_LOOK,
                () -> "looked at, but it is " + port().getStatus(),
                () -> port().getStatus().offered() != null);
    }

    @Test
    void aColumnThatCameLaterIsSaidUntilTheContractSaysItIsMeant() {
        sql("CREATE TABLE $table (id int, country text)");
        offered("[{name: " + table + "}]");
        assertThat(condition("ObjectWidened")).isEmpty();
        story.request("reader", "noticed", story.taylor, "");
        story.awaitPhase("reader", Phase.Active);

        // made anew with one more, as a migration does
        sql("CREATE TABLE sales.new_table (id int, email text, country text); DROP TABLE $table;"
                + " ALTER TABLE sales.new_table RENAME TO " + table);
        awaitCondition("ObjectWidened", true);
        Condition widened = condition("ObjectWidened").orElseThrow();
        assertThat(widened.message()).contains(table + " (email)").contains("spec.contract.version");
        assertThat(Conditions.find(port().getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .status())
                .isEqualTo(Condition.Status.True);
        story.awaitReads(story.taylor, table, true);

        installation.operator().kill9();
        installation.restartOperator();
        patch("{\"description\":\"another word\"}");
        Installation.await(
                "looked at again",
                () -> port().getStatus()
                        .observedGeneration()
                        .equals(port().getMetadata().getGeneration()));
        assertThat(condition("ObjectWidened").map(Condition::message)).contains(widened.message());

        patch("{\"contract\":{\"id\":\"orders\",\"version\":\"2\"}}");
        awaitCondition("ObjectWidened", false);
        sql("ALTER TABLE $table ADD COLUMN phone text");
        awaitCondition("ObjectWidened", true);
        assertThat(condition("ObjectWidened").orElseThrow().message())
                .contains("(phone)")
                .doesNotContain("email");
        patch("{\"postgresql\":{\"tables\":[{\"name\":\"" + table + "\",\"columns\":[\"id\",\"country\"]}]}}");
        awaitCondition("ObjectWidened", false);
    }

    @Test
    void whatMayNotBeReadAndWhatTheSchemaOpensAreSaid() {
        sql("CREATE TABLE $table (id int); ALTER TABLE $table ENABLE ROW LEVEL SECURITY;" + " CREATE FUNCTION "
                + "sales.f_" + table + "() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'");
        try {
            offered("[{name: " + table + "}]");

            assertThat(condition("MayNotRead").orElseThrow().reason()).isEqualTo("RowSecurity");
            assertThat(condition("MayNotRead").orElseThrow().message()).contains("CREATE POLICY");
            assertThat(condition("SchemaExposed").orElseThrow().message())
                    .contains("REVOKE EXECUTE ON ROUTINE sales.f_" + table + "() FROM PUBLIC;");
            assertThat(Conditions.find(port().getStatus().conditions(), "Ready")
                            .orElseThrow()
                            .reason())
                    .isEqualTo("Offered");
        } finally {
            sql("DROP FUNCTION sales.f_" + table + "()");
        }
        sql("CREATE POLICY everybody ON $table FOR SELECT TO PUBLIC USING (true)");
        awaitCondition("MayNotRead", false);
        awaitCondition("SchemaExposed", false);
    }

    @Test
    void aRenamedColumnIsMissedAndNotReadUnderItsNewName() {
        sql("CREATE TABLE $table (id int, country text)");
        story.offer("noticed", "[{name: " + table + ", columns: [id, country]}]", "autoApprove: true");
        story.request("reader", "noticed", story.taylor, "");
        story.awaitPhase("reader", Phase.Active);

        sql("ALTER TABLE $table RENAME COLUMN country TO origin");

        Await.until(
                NEXT_LOOK,
                "not read under its new name",
                () -> !story.shop()
                        .query(Story.login(story.taylor), "SELECT origin FROM sales." + table)
                        .allowed());
        Await.until(
                NEXT_LOOK,
                () -> "the port says so, but it is " + port().getStatus(),
                () -> condition("Ready").orElseThrow().reason().equals("ObjectNotFound"));
        story.awaitAgreement(
                "reader",
                "says so",
                agreement -> Conditions.find(agreement.getStatus().conditions(), "Granted")
                        .filter(granted -> granted.message().contains("country"))
                        .isPresent());
        assertThat(story.shop()
                        .query(Story.login(story.taylor), "SELECT id FROM sales." + table)
                        .allowed())
                .isTrue();
    }

    private void patch(String spec) {
        installation
                .admin()
                .resources(OutputPort.class)
                .inNamespace(story.checkout)
                .withName("noticed")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }
}
