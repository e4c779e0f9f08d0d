package dev.portcullis.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventRecorderTest {
    private static ApiServer api;

    private final EventRecorder recorder = new EventRecorder(api.client(), new TestClock());
    private final DataUsageAgreement agreement = Samples.request("churn-orders", "taylor");

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void clean() {
        recorder.close();
        api.answersAsUsual();
        api.forgetCalls();
    }

    @Test
    void aNewPhaseIsAnEventOnTheAgreement() {
        recorder.written(agreement, null, status(Phase.Requested, "WaitingForDecision", "waits for olga"));

        JsonNode event = sent().get(0);
        assertThat(event.path("type").asText()).isEqualTo("Normal");
        assertThat(event.path("reason").asText()).isEqualTo("Requested");
        assertThat(event.path("note").asText()).isEqualTo("waits for olga");
        assertThat(event.path("eventTime").asText()).isEqualTo("2026-11-22T12:00:00.000000Z");
        assertThat(event.path("action").asText()).isNotEmpty();
        assertThat(event.path("reportingController").asText()).isEqualTo("portcullis.dev/operator");
        assertThat(event.path("reportingInstance").asText()).isNotEmpty();
        assertThat(event.at("/metadata/namespace").asText()).isEqualTo("marketing");
        assertThat(event.at("/metadata/generateName").asText()).isEqualTo("churn-orders-");
        JsonNode regarding = event.path("regarding");
        assertThat(regarding.path("kind").asText()).isEqualTo("DataUsageAgreement");
        assertThat(regarding.path("apiVersion").asText()).isEqualTo("portcullis.dev/v1alpha1");
        assertThat(regarding.path("name").asText()).isEqualTo("churn-orders");
        assertThat(regarding.path("uid").asText()).isEqualTo("churn-orders");
    }

    @ParameterizedTest
    @CsvSource({
        "Requested,Normal",
        "Upcoming,Normal",
        "Active,Normal",
        "Suspended,Normal",
        "Cancelled,Normal",
        "Expired,Normal",
        "Invalid,Warning",
        "Rejected,Warning",
        "Revoked,Warning"
    })
    void everyPhaseAPersonWaitsForIsToldOnce(Phase phase, String type) {
        DataUsageAgreementStatus after = status(phase, phase.name(), "so it is");

        recorder.written(agreement, null, after);
        recorder.written(agreement, after, after);

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo(type);
            assertThat(event.path("reason").asText()).isEqualTo(phase.name());
        });
    }

    @Test
    void eachWarningIsToldOnce() {
        DataUsageAgreementStatus none = status(Phase.Active, "Granted", "the access is granted");
        DataUsageAgreementStatus week = with(none, "EndsWithin7Days", "the access ends at 2026-12-01T00:00:00Z");
        DataUsageAgreementStatus day = with(none, "EndsWithin1Day", "the access ends at 2026-12-01T00:00:00Z");
        DataUsageAgreementStatus other = with(none, "EndsWithin1Day", "the access ends at 2026-11-30T00:00:00Z");

        recorder.written(agreement, none, week);
        recorder.written(agreement, week, week);
        recorder.written(agreement, week, day);
        recorder.written(agreement, day, day);
        recorder.written(agreement, day, other);
        recorder.written(agreement, other, none);

        assertThat(sent()).extracting(event -> event.path("type").asText()).containsOnly("Warning");
        assertThat(sent())
                .extracting(event -> event.path("reason").asText())
                .containsExactly("EndsWithin7Days", "EndsWithin1Day", "EndsWithin1Day");
    }

    private static DataUsageAgreementStatus with(DataUsageAgreementStatus status, String reason, String message) {
        return new DataUsageAgreementStatus(
                status.observedGeneration(),
                status.phase(),
                status.consumer(),
                status.approval(),
                status.active(),
                status.provisioning(),
                status.snapshot(),
                status.history(),
                java.util.stream.Stream.concat(
                                status.conditions().stream(),
                                java.util.stream.Stream.of(new Condition(
                                        "Expiring",
                                        Condition.Status.True,
                                        1L,
                                        "2026-11-22T12:00:00Z",
                                        reason,
                                        message)))
                        .toList(),
                status.ends(),
                status.recertifyBy());
    }

    @Test
    void thatItIsBeingGrantedIsNoNews() {
        recorder.written(
                agreement,
                status(Phase.Requested, "WaitingForDecision", "waits"),
                status(Phase.Provisioning, "Provisioning", "being granted"));

        assertThat(sent()).isEmpty();
    }

    @Test
    void aTroubleWhileGrantingIsToldOnce() {
        DataUsageAgreementStatus granting = status(Phase.Provisioning, "Provisioning", "being granted");
        DataUsageAgreementStatus trouble = status(Phase.Provisioning, "PrincipalNotFound", "there is no login taylor");

        recorder.written(agreement, granting, trouble);
        recorder.written(agreement, trouble, trouble);

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("Warning");
            assertThat(event.path("reason").asText()).isEqualTo("PrincipalNotFound");
            assertThat(event.path("note").asText()).isEqualTo("there is no login taylor");
        });
    }

    @Test
    void toWaitForThePlatformIsNoTrouble() {
        recorder.written(
                agreement,
                status(Phase.Provisioning, "Provisioning", "being granted"),
                status(Phase.Provisioning, "WaitingForPlatform", "the grant controller has not answered yet"));

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("Normal");
            assertThat(event.path("reason").asText()).isEqualTo("WaitingForPlatform");
        });
    }

    @Test
    void sessionsOfADeletedAgreementAreToldOfThePlatform() {
        recorder.sessionsMayRemain(
                Samples.platform("warehouse"),
                agreement,
                List.of(Problem.healing("SessionsMayRemain", "sessions of taylor may go on reading")));

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("Warning");
            assertThat(event.path("reason").asText()).isEqualTo("SessionsMayRemain");
            assertThat(event.at("/regarding/kind").asText()).isEqualTo("DataPlatform");
            assertThat(event.path("note").asText())
                    .contains("marketing/churn-orders is deleted", "sessions of taylor may go on reading");
        });
    }

    @Test
    void sessionsThatMayRemainAreToldOnce() {
        DataUsageAgreementStatus before = status(Phase.Revoked, "Revoked", "revoked by olga");
        DataUsageAgreementStatus after = new DataUsageAgreementStatus(
                before.observedGeneration(),
                before.phase(),
                before.consumer(),
                before.approval(),
                before.active(),
                before.provisioning(),
                before.snapshot(),
                before.history(),
                List.of(new Condition(
                        "Granted",
                        Condition.Status.False,
                        1L,
                        "2026-11-22T12:00:00Z",
                        "SessionsMayRemain",
                        "taken away; but sessions of taylor may go on reading")),
                null,
                null);

        recorder.written(agreement, before, after);
        recorder.written(agreement, after, after);

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("Warning");
            assertThat(event.path("reason").asText()).isEqualTo("SessionsMayRemain");
        });
    }

    @Test
    void aRefusedDecisionIsToldOnceAndTheNextOneToo() {
        DataUsageAgreementStatus waiting = status(Phase.Requested, "WaitingForDecision", "waits");
        DataUsageAgreementStatus refused = refused("approved by taylor (1234)");
        DataUsageAgreementStatus again = refused("approved by quinn (5678)");

        recorder.written(agreement, waiting, refused);
        recorder.written(agreement, refused, refused);
        recorder.written(agreement, refused, again);
        recorder.written(agreement, again, waiting);

        assertThat(sent()).hasSize(2).allSatisfy(event -> {
            assertThat(event.path("type").asText()).isEqualTo("Warning");
            assertThat(event.path("reason").asText()).isEqualTo("SelfDecision");
            assertThat(event.path("note").asText()).contains("is not taken");
        });
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aStatusWithoutConditionsIsToldToo(Phase phase) {
        recorder.written(agreement, null, Samples.status(null, phase, null, null));

        assertThat(sent()).hasSize(phase == Phase.Provisioning ? 0 : 1);
    }

    @Test
    void aLongNoteIsCut() {
        recorder.written(agreement, null, status(Phase.Requested, "WaitingForDecision", "x".repeat(5000)));

        // the API server takes 1024
        assertThat(sent().get(0).path("note").asText())
                .hasSizeLessThanOrEqualTo(1024)
                .startsWith("xxx");
    }

    @Test
    void aLongNoteIsCutByBytes() {
        recorder.written(agreement, null, status(Phase.Requested, "WaitingForDecision", "目的🚀".repeat(500)));

        // the API server counts bytes
        String note = sent().get(0).path("note").asText();
        assertThat(note.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(note).startsWith("目的🚀目的🚀").doesNotContain("?").doesNotContain("\uFFFD");
    }

    @Test
    void anEventThatIsRefusedHoldsUpNothing() {
        api.answers("POST", "/apis/events.k8s.io/v1/namespaces/marketing/events", 403, "Forbidden");
        recorder.written(agreement, null, status(Phase.Requested, "WaitingForDecision", "waits"));
        await().until(() -> api.calls("POST").size() == 1);
        api.answersAsUsual();

        recorder.written(
                agreement,
                status(Phase.Requested, "WaitingForDecision", "waits"),
                status(Phase.Active, "Granted", "the access is granted"));

        await().until(() -> api.calls("POST").size() == 2);
    }

    @Test
    void whatWaitsIsSentBeforeTheEnd() {
        for (int i = 0; i < 20; i++) {
            recorder.written(agreement, null, status(Phase.Requested, "WaitingForDecision", "waits"));
        }

        recorder.close();

        assertThat(api.calls("POST")).hasSize(20);
    }

    @Test
    void aPlatformThatBecomesUnreadyAndReadyAgainIsToldOnceEach() {
        DataPlatform warehouse = Samples.platform("warehouse");
        List<Condition> ready = List.of(condition("Ready", Condition.Status.True, "Comparing", "grants are made"));
        List<Condition> down = List.of(condition("Ready", "Unreachable", "no connection to pg.example.com:5432"));
        List<Condition> stillDown = List.of(condition("Ready", "Unreachable", "no connection, for long"));

        recorder.readinessChanged(warehouse, List.of(), ready);
        recorder.readinessChanged(warehouse, ready, down);
        recorder.readinessChanged(warehouse, down, stillDown);
        recorder.readinessChanged(warehouse, stillDown, ready);
        recorder.readinessChanged(warehouse, ready, ready);

        assertThat(sent())
                .extracting(event -> event.path("type").asText() + " "
                        + event.path("reason").asText() + " "
                        + event.at("/metadata/namespace").asText())
                .containsExactly("Warning Unreachable default", "Normal Comparing default");
    }

    @Test
    void aPortThatIsUnreadyFromTheFirstIsTold() {
        recorder.readinessChanged(
                Samples.port("orders-v1", "port-1"),
                List.of(),
                List.of(condition("Ready", "PlatformNotFound", "there is no DataPlatform lake")));

        assertThat(sent()).singleElement().satisfies(event -> {
            assertThat(event.at("/regarding/kind").asText()).isEqualTo("OutputPort");
            assertThat(event.at("/metadata/namespace").asText()).isEqualTo("checkout");
            assertThat(event.path("note").asText()).isEqualTo("there is no DataPlatform lake");
        });
    }

    @Test
    void whatOthersLetPeopleReadIsToldOnce() {
        Condition granted = condition("Ready", Condition.Status.True, "Granted", "granted");
        Condition beyond = condition("AccessBeyond", Condition.Status.True, "MoreThanAgreed", "by PUBLIC");
        Condition wider = condition("AccessBeyond", Condition.Status.True, "MoreThanAgreed", "by PUBLIC and analysts");
        DataUsageAgreementStatus plain = status(Phase.Active, null, granted);
        DataUsageAgreementStatus told = status(Phase.Active, null, granted, beyond);

        recorder.written(agreement, plain, told);
        recorder.written(agreement, told, status(Phase.Active, null, granted, wider));
        recorder.written(agreement, told, plain);

        assertThat(sent())
                .extracting(event ->
                        event.path("type").asText() + " " + event.path("reason").asText() + " "
                                + event.path("note").asText())
                .containsExactly("Warning AccessBeyond by PUBLIC");
    }

    /** What was sent, when all that was asked for before is. */
    private List<JsonNode> sent() {
        DataUsageAgreement last = Samples.request("last", "taylor");
        recorder.written(last, null, status(Phase.Requested, "Last", "last"));
        await().until(() -> api.calls("POST").stream()
                .anyMatch(call -> call.json().at("/regarding/name").asText().equals("last")));
        return api.calls("POST").stream()
                .map(ApiServer.Call::json)
                .filter(event -> !event.at("/regarding/name").asText().equals("last"))
                .toList();
    }

    private static DataUsageAgreementStatus status(Phase phase, String reason, String message) {
        return status(phase, null, condition("Ready", reason, message));
    }

    private static DataUsageAgreementStatus refused(String which) {
        return status(
                Phase.Requested,
                which,
                condition("Ready", "WaitingForDecision", "waits"),
                condition("Approved", "SelfDecision", "the decision " + which + " is not taken"));
    }

    private static DataUsageAgreementStatus status(Phase phase, String refused, Condition... conditions) {
        return new DataUsageAgreementStatus(
                1L,
                phase,
                "taylor (marketing)",
                new Approval(ApprovalStatus.Requested, Workflow.Manual, "manual", List.of(), List.of(), refused),
                false,
                null,
                null,
                List.of(),
                List.of(conditions),
                null,
                null);
    }

    private static Condition condition(String type, String reason, String message) {
        return condition(type, Condition.Status.False, reason, message);
    }

    private static Condition condition(String type, Condition.Status status, String reason, String message) {
        return new Condition(type, status, 1L, "2026-11-22T12:00:00Z", reason, message);
    }
}
