package dev.portcullis.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.operator.given.AuditLines;
import dev.portcullis.operator.given.Samples;
import java.time.Instant;
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
    void whatWasRecordedInTheLastMinuteThatAnythingWasIsToldAgain() {
        LatestAgain.tell(
                List.of(
                        recorded("early", "2026-11-20T12:00:00Z", "2026-11-20T12:00:01Z"),
                        Samples.request("new", "taylor"),
                        recorded("just", "2026-11-22T11:59:00Z", "2026-11-22T12:00:00Z")),
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
        LatestAgain.tell(List.of(recorded("just", "2026-11-22T11:58:59Z", "2026-11-22T12:00:00Z")), NOW);

        assertThat(lines.all().stream().map(LatestAgainTest::summary))
                .containsExactly("marketing/just phase Provisioning Active again", "marketing/just provisioning again");
    }

    @Test
    void whereNothingIsRecordedNothingIsTold() {
        LatestAgain.tell(List.of(Samples.request("new", "taylor")), NOW);

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aMomentThatIsNoneOrNotYetStandsForNothing() {
        LatestAgain.tell(
                List.of(
                        recorded("odd", "soon", "9999-01-01T00:00:00Z"),
                        recorded("just", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z")),
                NOW);

        assertThat(lines.all())
                .filteredOn(line -> line.path("agreement").asText().equals("marketing/just"))
                .hasSize(4);
    }

    /** @param decided when it was approved and began to be granted */
    private static DataUsageAgreement recorded(String name, String decided, String granted) {
        DataUsageAgreement agreement = Samples.approved(name, "taylor", "orders-v1", "port-1", decided);
        Approval approval = agreement.getStatus().approval();
        agreement.setStatus(new DataUsageAgreementStatus(
                1L,
                Phase.Active,
                "taylor (marketing)",
                approval,
                true,
                new Provisioning(ProvisioningStatus.Provisioned, "warehouse", "role", List.of("taylor"), granted),
                agreement.getStatus().snapshot(),
                List.of(
                        new Transition(decided, Phase.Provisioning, "olga", "approved"),
                        new Transition(granted, Phase.Active, null, "the access is granted")),
                List.of(),
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
