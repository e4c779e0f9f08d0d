package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without the admission policies anybody could write a decision: then none is taken, and rules go on. */
class GuardTest {
    private static final String BINDING = "agreements.portcullis.dev";

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @AfterEach
    void guardIsWhole() {
        new PortcullisManifests(installation.admin()).apply();
    }

    @Test
    void aDecisionPlantedWhileTheGuardIsDownIsNotTakenLaterEither() {
        story.offer("orders", "[{name: orders}]", "");
        story.offer("items", "[{name: order_items}]", "autoApprove: true");
        story.request("planted", "orders", story.taylor, "");
        story.awaitPhase("planted", Phase.Requested);

        installation
                .admin()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(BINDING)
                .delete();
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put(Annotations.DECISION, "approved");
        forged.put(Annotations.DECIDED_BY, story.olga);
        forged.put(Annotations.RECORDED_BY, story.olga);
        // by the requester, in the approver's name; the API server needs a moment to forget the binding
        Installation.await("nothing guards any more", () -> {
            try {
                story.annotate(installation.as(story.taylor), "planted", forged);
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });

        DataUsageAgreement refused = story.awaitAgreement(
                "planted",
                "refused",
                agreement -> agreement.getStatus().approval().refusedDecision() != null);
        assertThat(Conditions.find(refused.getStatus().conditions(), "Approved")
                        .orElseThrow()
                        .reason())
                .isEqualTo("DecisionsUnguarded");
        story.request("by-rule", "items", story.taylor, "");
        story.awaitPhase("by-rule", Phase.Active);

        guardIsWhole();
        story.request("another", "orders", story.quinn, "");
        story.awaitPhase("another", Phase.Requested);
        // the guard is seen whole again when a new decision is taken; the planted one still is not
        Installation.await("decided", () -> {
            DataUsageAgreement another = story.agreement("another");
            if (another.getStatus().approval().refusedDecision() != null || !hasDecision(another)) {
                decideAnew("another");
            }
            return another.getStatus().phase() == Phase.Active;
        });
        assertThat(story.agreement("planted").getStatus().phase()).isEqualTo(Phase.Requested);
        assertThat(story.reads(story.taylor, "orders")).isFalse();

        decideAnew("planted");
        story.awaitPhase("planted", Phase.Active);
    }

    /** A tenant with every right in the own namespace, while the binding that keeps statuses is away for a moment. */
    @Test
    void aStatusPlantedWhileTheGuardIsDownGivesNothingAndIsPutBack() {
        story.applyAsAdmin("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: everything, namespace: $marketing}
                rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: everything, namespace: $marketing}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: everything}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $taylor}]
                """);
        story.offer("orders", "[{name: orders}]", "");
        story.request("planted", "orders", story.taylor, "");
        DataUsageAgreement before = story.awaitPhase("planted", Phase.Requested);
        installation
                .admin()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("status.portcullis.dev")
                .delete();
        String forged = """
                {"status": {"phase": "Active", "active": true, "approval": {"status": "Approved", "workflow": "Manual", "rule": "manual",
                 "decisions": [{"decision": "approved", "by": "%s", "recordedBy": "%s", "at": "2026-01-01T00:00:00Z", "via": "Annotation"}]}}}
                """.formatted(story.olga, story.olga);

        Installation.await("nothing guards any more", () -> {
            try {
                installation
                        .as(story.taylor)
                        .resource(before)
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), forged);
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });

        DataUsageAgreement after = story.awaitAgreement(
                "planted",
                "put back",
                agreement -> agreement.getStatus() != null
                        && agreement.getStatus().approval() != null
                        && agreement.getStatus().approval().status() == ApprovalStatus.Requested);
        assertThat(after.getStatus().approval().decisions()).isEmpty();
        assertThat(after.getStatus().phase()).isEqualTo(Phase.Requested);
        assertThat(after.getStatus().snapshot()).isEqualTo(before.getStatus().snapshot());
        assertThat(story.reads(story.taylor, "orders")).isFalse();
    }

    private static boolean hasDecision(DataUsageAgreement agreement) {
        return agreement.getMetadata().getAnnotations().containsKey(Annotations.DECISION);
    }

    private void decideAnew(String agreement) {
        story.annotate(
                installation.as(story.olga),
                agreement,
                Map.of(
                        Annotations.DECISION,
                        "approved",
                        Annotations.DECISION_REASON,
                        "looked at anew " + System.nanoTime()));
    }
}
