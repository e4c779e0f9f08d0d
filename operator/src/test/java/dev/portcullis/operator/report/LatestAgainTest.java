package dev.portcullis.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.status.AgreementStatusFactory;
import dev.portcullis.engine.status.WayConditions;
import dev.portcullis.operator.given.AuditLines;
import dev.portcullis.operator.given.Samples;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: other tests write audit lines too. */
@Isolated
class LatestAgainTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    @RegisterExtension
    private final AuditLines lines = new AuditLines();

    @Test
    void whatWasRecordedInTheLastTwoMinutesThatAnythingWasIsToldAgain() {
        LatestAgain.tell(
                List.of(
                        recorded("early", "2026-11-20T12:00:00Z", "2026-11-20T12:00:01Z"),
                        Samples.request("new", "taylor"),
                        recorded("just", "2026-11-22T11:58:00Z", "2026-11-22T12:00:00Z")),
                List.of(),
                NOW);

        assertThat(lines.all().stream().map(LatestAgainTest::summary))
                .containsExactly(
                        "marketing/just phase  Provisioning again",
                        "marketing/just phase Provisioning Active again",
                        "marketing/just decision again",
                        "marketing/just provisioning again");
    }

    @Test
    void whatIsOlderThanThatWasTold() {
        LatestAgain.tell(List.of(recorded("just", "2026-11-22T11:57:59Z", "2026-11-22T12:00:00Z")), List.of(), NOW);

        assertThat(lines.all().stream().map(LatestAgainTest::summary))
                .containsExactly("marketing/just phase Provisioning Active again", "marketing/just provisioning again");
    }

    @Test
    void whereNothingIsRecordedNothingIsTold() {
        LatestAgain.tell(List.of(Samples.request("new", "taylor")), List.of(), NOW);

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aMomentThatIsNoneOrNotYetStandsForNothing() {
        LatestAgain.tell(
                List.of(
                        recorded("odd", "soon", "9999-01-01T00:00:00Z"),
                        recorded("just", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z")),
                List.of(),
                NOW);

        assertThat(lines.all())
                .filteredOn(line -> line.path("agreement").asText().equals("marketing/just"))
                .hasSize(4);
    }

    @Test
    void soIsARefusedDecision() {
        Decision refused = Samples.decision("no", "a", Verdict.approved, "olga");
        refused.setStatus(new DecisionStatus("a", Outcome.Refused, "Late", "it was decided", "2026-11-22T12:00:00Z"));
        Decision taken = Samples.decision("yes", "a", Verdict.approved, "olga");
        taken.setStatus(new DecisionStatus("a", Outcome.Taken, null, null, "2026-11-22T12:00:00Z"));
        Decision early = Samples.decision("early", "a", Verdict.approved, "olga");
        early.setStatus(new DecisionStatus("a", Outcome.Refused, "Late", "it was decided", "2026-11-22T11:00:00Z"));

        LatestAgain.tell(List.of(), List.of(refused, taken, early), NOW);

        assertThat(lines.all()).singleElement().satisfies(line -> {
            assertThat(line.path("event").asText()).isEqualTo("decision-refused");
            assertThat(line.path("name").asText()).isEqualTo("no");
            assertThat(line.path("again").asBoolean()).isTrue();
        });
    }

    @Test
    void soIsWhatOthersLetOneRead() {
        DataUsageAgreement just = recorded(
                "just",
                "2026-11-22T11:00:00Z",
                "2026-11-22T11:00:00Z",
                List.of(),
                List.of(new Condition(
                        WayConditions.BEYOND,
                        Condition.Status.True,
                        1L,
                        "2026-11-22T12:00:00Z",
                        "GrantedByOthers",
                        "PUBLIC has SELECT")));

        LatestAgain.tell(List.of(just), List.of(), NOW);

        assertThat(lines.all().stream().map(LatestAgainTest::summary)).contains("marketing/just access-beyond again");
    }

    /** What was before is not on record any more. */
    @Test
    void theFirstOfAFullHistoryDoesNotSayWhatItFollowed() {
        DataUsageAgreement just = recorded(
                "just",
                "2026-11-22T12:00:00Z",
                "2026-11-22T12:00:00Z",
                Collections.nCopies(
                        AgreementStatusFactory.TRANSITIONS_KEPT,
                        new Transition("2026-11-22T12:00:00Z", Phase.Suspended, null, "on and off")),
                List.of());

        LatestAgain.tell(List.of(just), List.of(), NOW);

        assertThat(lines.all().stream()
                        .filter(line -> line.path("event").asText().equals("phase"))
                        .map(line -> line.has("from")))
                .hasSize(AgreementStatusFactory.TRANSITIONS_KEPT)
                .startsWith(false)
                .containsOnlyOnce(false);
    }

    /** @param decided when it was approved and began to be granted */
    private static DataUsageAgreement recorded(String name, String decided, String granted) {
        return recorded(
                name,
                decided,
                granted,
                List.of(
                        new Transition(decided, Phase.Provisioning, "olga", "approved"),
                        new Transition(granted, Phase.Active, null, "the access is granted")),
                List.of());
    }

    private static DataUsageAgreement recorded(
            String name, String decided, String granted, List<Transition> history, List<Condition> conditions) {
        DataUsageAgreement agreement = Samples.approved(name, "taylor", "orders-v1", "port-1", decided);
        agreement.setStatus(new DataUsageAgreementStatus(
                1L,
                Phase.Active,
                "taylor (marketing)",
                agreement.getStatus().approval(),
                true,
                new Provisioning(ProvisioningStatus.Provisioned, "warehouse", "role", List.of("taylor"), granted),
                agreement.getStatus().snapshot(),
                history,
                conditions,
                null,
                null));
        return agreement;
    }

    private static String summary(JsonNode line) {
        String phases = line.path("event").asText().equals("phase")
                ? " " + line.path("from").asText() + " " + line.path("to").asText()
                : "";
        return line.path("agreement").asText() + " " + line.path("event").asText() + phases
                + (line.path("again").asBoolean() ? " again" : "");
    }
}
