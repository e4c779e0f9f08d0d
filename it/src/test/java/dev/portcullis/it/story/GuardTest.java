package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.PortcullisManifests;
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
