package dev.portcullis.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.AuditLines;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Way;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: other tests write audit lines too. */
@Isolated
class AuditLogTest {
    private static final String AT = "2026-11-22T12:00:00Z";

    @RegisterExtension
    private final AuditLines lines = new AuditLines();

    private final DataUsageAgreement agreement = Samples.request("churn-orders", "taylor");

    @Test
    void theFirstPhaseIsALineWithAllThatIsKnown() {
        AuditLog.written(agreement, null, status(Phase.Requested, requested(), null, "taylor", "waits"));

        assertThat(lines.all())
                .singleElement()
                .satisfies(line -> assertThat(fields(line))
                        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                                Map.entry("event", "phase"),
                                Map.entry("agreement", "marketing/churn-orders"),
                                Map.entry("uid", "churn-orders"),
                                Map.entry("port", "checkout/orders-v1"),
                                Map.entry("consumer", "taylor (marketing)"),
                                Map.entry("requestedBy", "taylor"),
                                Map.entry("purpose", "Train the monthly churn model."),
                                Map.entry("at", AT),
                                Map.entry("from", ""),
                                Map.entry("to", "Requested"),
                                Map.entry("by", "taylor"),
                                Map.entry("reason", "waits"))));
        assertThat(lines.levels()).containsOnly(Level.INFO);
    }

    @Test
    void anApprovalIsItsPhaseItsDecisionAndTheProvisioningItBegins() {
        DataUsageAgreementStatus before = status(Phase.Requested, requested(), null, "taylor", "waits");

        AuditLog.written(
                agreement,
                before,
                status(
                        Phase.Provisioning,
                        approved(),
                        provisioning(ProvisioningStatus.Provisioning),
                        "olga",
                        "approved"));

        List<JsonNode> told = lines.all();
        assertThat(told)
                .extracting(line -> line.path("event").asText())
                .containsExactly("phase", "decision", "provisioning");
        assertThat(told.get(0).path("from").asText()).isEqualTo("Requested");
        JsonNode decision = told.get(1).path("decision");
        assertThat(told.get(1).path("at").asText()).isEqualTo(AT);
        assertThat(decision.path("decision").asText()).isEqualTo("approved");
        assertThat(decision.path("by").asText()).isEqualTo("olga");
        assertThat(decision.path("recordedBy").asText()).isEqualTo("bot");
        assertThat(decision.path("reason").asText()).isEqualTo("fits \"our\" rules\nof 2026");
        assertThat(decision.path("link").asText()).isEqualTo("https://tickets.example/1");
        assertThat(decision.at("/metadata/ticket").asInt()).isOne();
        assertThat(told.get(2).path("to").asText()).isEqualTo("Provisioning");
        assertThat(told.get(2).path("platform").asText()).isEqualTo("warehouse");
        assertThat(told.get(2).path("principals")).isEmpty();
    }

    @Test
    void aGrantSaysWhoMayReadNow() {
        DataUsageAgreementStatus before =
                status(Phase.Provisioning, approved(), provisioning(ProvisioningStatus.Provisioning), null, "granting");

        AuditLog.written(
                agreement,
                before,
                status(
                        Phase.Active,
                        approved(),
                        provisioning(ProvisioningStatus.Provisioned, "taylor"),
                        null,
                        "granted"));

        assertThat(lines.all())
                .extracting(line -> line.path("event").asText())
                .containsExactly("phase", "provisioning");
        assertThat(lines.all().get(1).path("principals"))
                .extracting(JsonNode::asText)
                .containsExactly("taylor");
        assertThat(lines.all().get(1).path("reference").asText()).isEqualTo("role");
    }

    @Test
    void anotherMemberWhoGetsTheAccessIsALineThoughThePhaseStays() {
        AuditLog.written(
                agreement,
                status(Phase.Active, approved(), provisioning(ProvisioningStatus.Provisioned, "taylor"), null, "x"),
                status(
                        Phase.Active,
                        approved(),
                        provisioning(ProvisioningStatus.Provisioned, "quinn", "taylor"),
                        null,
                        "x"));

        assertThat(lines.all()).singleElement().satisfies(line -> {
            assertThat(line.path("event").asText()).isEqualTo("provisioning");
            assertThat(line.path("principals")).hasSize(2);
        });
    }

    @Test
    void whatIsNoTransitionIsNoLine() {
        DataUsageAgreementStatus status =
                status(Phase.Active, approved(), provisioning(ProvisioningStatus.Provisioned, "taylor"), null, "x");
        DataUsageAgreementStatus otherGeneration = new DataUsageAgreementStatus(
                2L,
                status.phase(),
                status.consumer(),
                status.approval(),
                status.active(),
                status.provisioning(),
                status.snapshot(),
                status.history(),
                status.conditions(),
                null,
                null);

        AuditLog.written(agreement, status, otherGeneration);

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aRevokeIsOneMoreDecision() {
        Approval approved = approved();
        Approval revoked = new Approval(
                ApprovalStatus.Approved,
                Workflow.Manual,
                "manual",
                List.of(approved.decisions().get(0), decision(DecisionRecord.Verdict.revoked)),
                List.of(),
                null);

        AuditLog.written(
                agreement,
                status(Phase.Active, approved, provisioning(ProvisioningStatus.Provisioned, "taylor"), null, "x"),
                status(
                        Phase.Revoked,
                        revoked,
                        provisioning(ProvisioningStatus.Deprovisioning, "taylor"),
                        "olga",
                        "revoked"));

        assertThat(lines.all())
                .extracting(line -> line.path("event").asText())
                .containsExactly("phase", "decision", "provisioning");
        assertThat(lines.all().get(1).at("/decision/decision").asText()).isEqualTo("revoked");
        assertThat(lines.all().get(0).path("by").asText()).isEqualTo("olga");
    }

    @Test
    void nobodysTextBreaksALine() {
        DataUsageAgreementSpec spec = agreement.getSpec();
        agreement.setSpec(new DataUsageAgreementSpec(
                "Train\n{\"event\":\"forged\"}\r\nmodels",
                spec.provider(),
                spec.consumer(),
                null,
                null,
                null,
                false,
                false,
                List.of(),
                null,
                null,
                null,
                null,
                null));

        AuditLog.written(agreement, null, status(Phase.Requested, requested(), null, null, null));

        assertThat(lines.texts())
                .singleElement()
                .satisfies(text -> assertThat(text).doesNotContain("\n").doesNotContain("\r"));
        assertThat(lines.all()).singleElement().satisfies(line -> {
            assertThat(line.path("purpose").asText()).contains("\n");
            assertThat(line.has("by")).isFalse();
            assertThat(line.has("reason")).isFalse();
        });
    }

    private static Map<String, String> fields(JsonNode line) {
        return line.properties().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asText()));
    }

    private static Approval requested() {
        return new Approval(ApprovalStatus.Requested, Workflow.Manual, "manual", List.of(), List.of(), null);
    }

    private static Approval approved() {
        return new Approval(
                ApprovalStatus.Approved,
                Workflow.Manual,
                "manual",
                List.of(decision(DecisionRecord.Verdict.approved)),
                List.of(),
                null);
    }

    private static DecisionRecord decision(DecisionRecord.Verdict verdict) {
        return new DecisionRecord(
                verdict,
                "olga",
                "bot",
                AT,
                "fits \"our\" rules\nof 2026",
                "https://tickets.example/1",
                Map.of("ticket", 1),
                DecisionRecord.Via.Annotation,
                null,
                null,
                null,
                null,
                null);
    }

    private static Provisioning provisioning(ProvisioningStatus status, String... principals) {
        return new Provisioning(
                status, "warehouse", status == ProvisioningStatus.Provisioned ? "role" : null, List.of(principals), AT);
    }

    @Test
    void whatRemainsIsALineWhenItIsFirstFound() {
        DataUsageAgreement before =
                Samples.withProvisioning(Samples.approved("a", "taylor"), ProvisioningStatus.Deprovisioned);
        DataUsageAgreement after = Samples.conditioned(before, "AccessRemains");

        AuditLog.written(before, before.getStatus(), after.getStatus());
        AuditLog.written(before, after.getStatus(), after.getStatus());
        AuditLog.written(before, after.getStatus(), before.getStatus());
        AuditLog.accessRemains(before, List.of(new Way(false, "everybody has SELECT")), Instant.parse(AT));

        assertThat(lines.all()).hasSize(2).allSatisfy(line -> {
            assertThat(fields(line)).containsEntry("event", "access-remains").containsEntry("agreement", "marketing/a");
            assertThat(fields(line)).containsKey("at");
        });
        assertThat(fields(lines.all().get(0))).containsEntry("ways", "by others");
        assertThat(String.valueOf(fields(lines.all().get(1)).get("ways"))).endsWith("everybody has SELECT");
    }

    private static DataUsageAgreementStatus status(
            Phase phase, Approval approval, Provisioning provisioning, String by, String reason) {
        return new DataUsageAgreementStatus(
                1L,
                phase,
                "taylor (marketing)",
                approval,
                false,
                provisioning,
                Samples.snapshot("port-1"),
                List.of(new Transition(AT, phase, by, reason)),
                List.of(),
                null,
                null);
    }

    @Test
    void aReleaseTellsOfSessionsThatMayRemain() {
        agreement.setStatus(status(Phase.Revoked, approved(), null, "olga", "revoked"));

        AuditLog.released(
                agreement,
                List.of(Problem.healing("SessionsMayRemain", "sessions of taylor may go on reading")),
                Instant.parse(AT));

        assertThat(lines.all()).singleElement().satisfies(line -> {
            assertThat(line.path("event").asText()).isEqualTo("released");
            assertThat(line.path("notes").asText()).isEqualTo("sessions of taylor may go on reading");
        });
    }
}
