package dev.portcullis.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.DecisionReference;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.operator.given.AuditLines;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: it looks at audit lines, and other tests write some too. */
@Isolated
@Timeout(30)
class DecisionReconcilerTest {
    private static final String STATUS = "/apis/portcullis.dev/v1alpha1/namespaces/checkout/decisions/olga/status";

    @RegisterExtension
    private final AuditLines lines = new AuditLines();

    private final Rig rig = new Rig();
    private Guard guard = new Guard.Whole(Instant.parse("2026-01-01T00:00:00Z"));
    private final DecisionReconciler reconciler = new DecisionReconciler(
            rig.cluster.caches(),
            rig.gate,
            new FateJudge(
                    rig.cluster.caches(),
                    new OfferLookup(rig.cluster.caches(), new PlatformModules(List.of(new MemoryPlatform.Module()))),
                    new PrincipalMapper(new PrincipalExpressions())),
            () -> guard,
            rig.statuses,
            rig.clock);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void writesDownWhichAgreementItIsAboutBeforeAnythingElse() throws Exception {
        DataUsageAgreement agreement = requested("a");
        rig.cluster.agreements.put(agreement);
        Decision decision = there(Samples.decision("olga", "a", Verdict.approved, "olga"));

        reconcile(decision);

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.path()).endsWith("/namespaces/checkout/decisions/olga");
            assertThat(call.json()
                            .at("/metadata/annotations/portcullis.dev~1agreement-uid")
                            .asText())
                    .isEqualTo(agreement.getMetadata().getUid());
            assertThat(call.json().at("/metadata/uid").asText())
                    .isEqualTo(decision.getMetadata().getUid());
            assertThat(call.json().at("/metadata/resourceVersion").asText())
                    .isEqualTo(decision.getMetadata().getResourceVersion());
        });
    }

    @Test
    void thenItsAgreementIsLookedAt() throws Exception {
        DataUsageAgreement agreement = requested("a");
        rig.cluster.agreements.put(agreement);

        reconcile(bound(agreement));

        assertThat(rig.cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/a");
        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.path())
                    .startsWith("/apis/portcullis.dev/v1alpha1/namespaces/checkout/decisions/olga/status");
            assertThat(call.json().at("/status/outcome").asText()).isEqualTo("Waiting");
            assertThat(call.json().at("/status/agreementUid").asText())
                    .isEqualTo(agreement.getMetadata().getUid());
        });
    }

    @Test
    void isTakenOnceItIsOnRecord() throws Exception {
        DataUsageAgreement agreement = requested("a");
        Decision decision = bound(agreement);
        agreement.setStatus(Samples.status(
                recorded(decision),
                Phase.Provisioning,
                null,
                agreement.getStatus().snapshot()));
        rig.cluster.agreements.put(agreement);

        reconcile(decision);

        assertThat(rig.writes().get(0).json().at("/status/outcome").asText()).isEqualTo("Taken");
        assertThat(rig.writes().get(0).json().at("/status/at").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(rig.cluster.lookedAgain()).isEmpty();

        Decision written = rig.api.client().resource(decision).get();
        rig.api.forgetCalls();
        reconcile(written);
        assertThat(rig.writes()).as("nothing is written for having looked").isEmpty();
    }

    @Test
    void whoWaitsForRoomOnAFullRecordIsLookedAtWhenThereIsSome() throws Exception {
        DataUsageAgreement agreement = requested("a");
        Decision decision = bound(agreement);
        Approval one = recorded(decision);
        agreement.setStatus(Samples.status(
                new Approval(
                        one.status(),
                        null,
                        one.rule(),
                        Collections.nCopies(64, one.decisions().get(0)),
                        List.of(),
                        null),
                Phase.Provisioning,
                null,
                agreement.getStatus().snapshot()));
        rig.cluster.agreements.put(agreement);

        reconcile(decision);

        assertThat(rig.cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/a");
    }

    @Test
    void saysThatThereIsNoAgreementYet() throws Exception {
        reconcile(there(Samples.decision("olga", "a", Verdict.approved, "olga")));

        assertThat(rig.writes().get(0).json().at("/status/reason").asText()).isEqualTo("NoAgreement");
        assertThat(rig.writes().get(0).json().at("/status/message").asText())
                .contains("no DataUsageAgreement a", "where it is wrong, file another Decision");
    }

    @Test
    void whatWasPlantedAsAUidIsNotWrittenIntoAStatusThatCannotHoldIt() throws Exception {
        rig.cluster.agreements.put(requested("a"));
        Decision planted = Samples.decision("olga", "a", Verdict.approved, "olga");
        planted.getMetadata().getAnnotations().put(Annotations.AGREEMENT_UID, "x".repeat(10_000));

        reconcile(there(planted));

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/reason").asText()).isEqualTo("OtherAgreement");
            assertThat(call.json().at("/status/agreementUid").isMissingNode()).isTrue();
            assertThat(call.json().at("/status/message").asText()).hasSize(Bounds.TEXT);
        });
    }

    @Test
    void aRefusalIsToldOnceAlsoWhereNoAnswerCame() throws Exception {
        guard = new Guard.Whole(Instant.parse("2026-11-22T12:59:59Z"));
        DataUsageAgreement agreement = requested("a");
        rig.cluster.agreements.put(agreement);
        Decision decision = bound(agreement);
        rig.api.losesAnswerOnce("PUT", STATUS);
        assertThatThrownBy(() -> reconcile(decision)).isInstanceOf(KubernetesClientException.class);
        assertThat(lines.all()).isEmpty();
        // before the watch has shown it, and at another moment
        rig.clock.later(Duration.ofSeconds(1));
        rig.api.answersOnce("PUT", STATUS, 409, "Conflict");
        assertThatThrownBy(() -> reconcile(decision)).isInstanceOf(KubernetesClientException.class);

        for (int times = 0; times < 2; times++) {
            reconcile(rig.api.client().resource(decision).get());
            assertThat(lines.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line.path("event").asText()).isEqualTo("decision-refused"));
        }
    }

    @Test
    void whatIsOnlySeenStillSettlesNothing() throws Exception {
        DataUsageAgreement replaced = requested("a");
        rig.cluster.agreements.put(replaced);
        Decision decision = there(Samples.decision("olga", "a", Verdict.approved, "olga"));
        rig.api.client().resource(replaced).delete();
        DataUsageAgreement another = requested("a");

        assertThat(reconcile(decision).getScheduleDelay()).isPresent();

        assertThat(rig.writes())
                .as("it is bound to nothing, and says so")
                .singleElement()
                .satisfies(call ->
                        assertThat(call.json().at("/status/reason").asText()).isEqualTo("AgreementNotSeen"));
        rig.api.forgetCalls();
        guard = new Guard.Whole(Instant.parse("2026-11-22T12:59:59Z"));
        Decision other = there(boundTo(replaced, "other"));
        assertThat(reconcile(other).getScheduleDelay()).isPresent();
        assertThat(rig.writes())
                .as("refused by what is gone")
                .singleElement()
                .satisfies(call ->
                        assertThat(call.json().at("/status/outcome").asText()).isEqualTo("Waiting"));
        rig.api.forgetCalls();
        guard = new Guard.Whole(Instant.parse("2026-01-01T00:00:00Z"));

        rig.cluster.agreements.put(another);
        reconcile(rig.api.client().resource(decision).get());

        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(call.json()
                                .at("/metadata/annotations/portcullis.dev~1agreement-uid")
                                .asText())
                        .isEqualTo(another.getMetadata().getUid()));
    }

    @Test
    void aRefusalStands() throws Exception {
        guard = new Guard.Whole(Instant.parse("2026-11-22T11:59:59Z").plusSeconds(3600));
        DataUsageAgreement agreement = requested("a");
        rig.cluster.agreements.put(agreement);
        Decision decision = bound(agreement);
        reconcile(decision);
        assertThat(rig.writes().get(0).json().at("/status/outcome").asText()).isEqualTo("Refused");
        assertThat(rig.writes().get(0).json().at("/status/reason").asText()).isEqualTo("DecisionsUnguarded");

        Decision refused = rig.api.client().resource(decision).get();
        rig.api.forgetCalls();
        guard = new Guard.Whole(Instant.parse("2026-01-01T00:00:00Z"));
        reconcile(refused);
        assertThat(rig.writes()).isEmpty();
        assertThat(rig.cluster.lookedAgain()).isEmpty();
    }

    private DataUsageAgreement requested(String name) {
        DataUsageAgreement agreement = Samples.request(name, "taylor");
        agreement.getMetadata().setUid(rig.api.create(agreement).getMetadata().getUid());
        rig.api.forgetCalls();
        agreement.getMetadata().setCreationTimestamp("2026-11-22T11:00:00Z");
        agreement.setStatus(Samples.status(
                new Approval(ApprovalStatus.Requested, null, null, List.of(), List.of(), null),
                Phase.Requested,
                null,
                Samples.judged(Samples.snapshot("port-1"), "2026-11-22T11:00:00Z")));
        return agreement;
    }

    private static Approval recorded(Decision decision) {
        return new Approval(
                ApprovalStatus.Approved,
                null,
                "manual",
                List.of(new DecisionRecord(
                        Verdict.approved,
                        "olga",
                        "olga",
                        "2026-11-22T12:00:00Z",
                        null,
                        null,
                        null,
                        DecisionRecord.Via.Decision,
                        null,
                        null,
                        null,
                        new DecisionReference("olga", decision.getMetadata().getUid()),
                        null)),
                List.of(),
                null);
    }

    private Decision bound(DataUsageAgreement agreement) {
        return there(boundTo(agreement, "olga"));
    }

    private static Decision boundTo(DataUsageAgreement agreement, String name) {
        Decision decision = Samples.decision(name, agreement.getMetadata().getName(), Verdict.approved, "olga");
        decision.getMetadata()
                .getAnnotations()
                .put(Annotations.AGREEMENT_UID, agreement.getMetadata().getUid());
        return decision;
    }

    private Decision there(Decision decision) {
        Decision created = Rig.generation(rig.api.create(decision), 1);
        created.getMetadata().setCreationTimestamp("2026-11-22T11:59:00Z");
        rig.cluster.decisions.put(created);
        rig.api.forgetCalls();
        return created;
    }

    private UpdateControl<Decision> reconcile(Decision decision) throws InterruptedException {
        return reconciler.reconcile(decision, rig.contexts.present());
    }
}
