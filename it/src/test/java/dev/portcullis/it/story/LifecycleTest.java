package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.status.Conditions;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to an agreement after it was approved, seen by the consumer's own login. */
class LifecycleTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void suspendedByEitherSideAndBack() {
        active("orders", "kept");
        story.patchSpec("kept", "{\"suspend\":true}");
        story.awaitReads(story.taylor, "orders", false);
        assertThat(story.awaitPhase("kept", Phase.Suspended).getStatus().active())
                .isFalse();
        story.patchSpec("kept", "{\"suspend\":false}");
        story.awaitReads(story.taylor, "orders", true);

        port("orders", "{\"spec\":{\"suspend\":true}}");
        story.awaitReads(story.taylor, "orders", false);
        port("orders", "{\"spec\":{\"suspend\":false}}");
        story.awaitReads(story.taylor, "orders", true);
        story.awaitPhase("kept", Phase.Active);
    }

    @Test
    void expiredAtItsEndAndRevoked() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("short", "orders", story.taylor, "end: " + Instant.now().plusSeconds(4));
        story.awaitReads(story.taylor, "orders", true);
        story.awaitReads(story.taylor, "orders", false);
        DataUsageAgreement expired = story.awaitAgreement(
                "short",
                "ended and gone",
                agreement -> agreement.getStatus().phase() == Phase.Expired
                        && agreement.getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        var ready = Conditions.find(expired.getStatus().conditions(), "Ready").orElseThrow();
        assertThat(ready.reason()).isEqualTo("Ended");
        assertThat(ready.status().name()).isEqualTo("True");
    }

    @Test
    void beginsAtItsStart() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("later", "orders", story.taylor, "start: " + Instant.now().plusSeconds(5));
        story.awaitPhase("later", Phase.Upcoming);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
        story.awaitReads(story.taylor, "orders", true);
    }

    @Test
    void cancelledForGood() {
        active("orders", "given-up");
        story.patchSpec("given-up", "{\"cancelled\":true}");
        story.awaitReads(story.taylor, "orders", false);
        story.awaitPhase("given-up", Phase.Cancelled);
    }

    @Test
    void retiredWithdrawsAndDeprecatedKeeps() {
        active("orders", "kept");
        port("orders", "{\"spec\":{\"lifecycle\":\"Deprecated\"}}");
        story.request("too-late", "orders", story.quinn, "");
        story.awaitPhase("too-late", Phase.Invalid);
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        port("orders", "{\"spec\":{\"lifecycle\":\"Retired\"}}");
        story.awaitReads(story.taylor, "orders", false);
        port("orders", "{\"spec\":{\"lifecycle\":\"Active\"}}");
        story.awaitReads(story.taylor, "orders", true);
    }

    @Test
    void aTeamsAccessIsThatOfItsMembersAndALeaverLosesTheOwn() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.offer("items", "[{name: order_items}]", "autoApprove: true");
        story.apply(installation.as(story.taylor), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: all-of-us, namespace: $marketing}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: $checkout, outputPort: orders}
                  consumer: {team: team-$marketing}
                """);
        story.request("own", "items", story.quinn, "");
        story.awaitReads(story.taylor, "orders", true);
        story.awaitReads(story.quinn, "orders", true);
        story.awaitReads(story.quinn, "order_items", true);

        installation
                .admin()
                .resources(Team.class)
                .withName("team-" + story.marketing)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        story.filled("{\"spec\":{\"members\":[{\"user\":\"$taylor\"}]}}"));

        story.awaitReads(story.quinn, "orders", false);
        story.awaitReads(story.quinn, "order_items", false);
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        var ready = Conditions.find(
                        story.awaitPhase("own", Phase.Suspended).getStatus().conditions(), "Ready")
                .orElseThrow();
        assertThat(ready.reason()).isEqualTo("LeftTeam");
    }

    @Test
    void nobodyDecidesForTheirOwnPrincipalOrTeam() {
        story.offer("orders", "[{name: orders}]", "");
        // the same login under another user name: admission cannot see that
        String alias = Story.login(story.taylor) + "@corp.example.com";
        story.applyAsAdmin("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: more-approvers, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-approver}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ALIAS}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $quinn}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: more-writers, namespace: $marketing}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decision-writer}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ALIAS}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $quinn}
                """.replace("ALIAS", alias));
        story.request("mine", "orders", story.taylor, "");
        story.awaitPhase("mine", Phase.Requested);
        story.annotate(installation.as(alias), "mine", Map.of("portcullis.dev/decision", "approved"));
        DataUsageAgreement refused = story.awaitAgreement(
                "mine",
                "decision refused",
                agreement -> agreement.getStatus().approval().refusedDecision() != null);
        var approved =
                Conditions.find(refused.getStatus().conditions(), "Approved").orElseThrow();
        assertThat(approved.reason()).isEqualTo("SelfDecision");
        assertThat(approved.message()).contains("same principal");
        assertThat(story.reads(story.taylor, "orders")).isFalse();

        story.annotate(
                installation.as(story.olga),
                "mine",
                Map.of("portcullis.dev/decision", "approved", "portcullis.dev/decision-reason", "Fine by me."));
        story.awaitReads(story.taylor, "orders", true);

        story.apply(installation.as(story.taylor), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: ours, namespace: $marketing}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: $checkout, outputPort: orders}
                  consumer: {team: team-$marketing}
                """);
        story.awaitPhase("ours", Phase.Requested);
        story.decide(story.quinn, "ours", "approved");
        story.awaitAgreement(
                "ours",
                "decision refused",
                agreement -> agreement.getStatus().approval().refusedDecision() != null);
        assertThat(story.reads(story.quinn, "orders")).isFalse();
    }

    @Test
    void peopleHearOfWhatTheyWaitFor() {
        story.offer("orders", "[{name: orders}]", "");
        story.request("told", "orders", story.taylor, "");
        story.awaitPhase("told", Phase.Requested);
        story.decide(story.olga, "told", "rejected");
        DataUsageAgreement rejected = story.awaitPhase("told", Phase.Rejected);
        assertThat(Conditions.find(rejected.getStatus().conditions(), "Stalled"))
                .isPresent();
        Installation.await("events", () -> reasons("told").containsAll(List.of("Requested", "Rejected")));
        assertThat(rejected.getStatus().history())
                .extracting(transition -> transition.phase())
                .containsExactly(Phase.Requested, Phase.Rejected);
    }

    private List<String> reasons(String agreement) {
        return installation.admin().events().v1().events().inNamespace(story.marketing).list().getItems().stream()
                .filter(event -> agreement.equals(event.getRegarding().getName()))
                .map(Event::getReason)
                .toList();
    }

    private void active(String port, String agreement) {
        story.offer(port, "[{name: orders}]", "autoApprove: true");
        story.request(agreement, port, story.taylor, "");
        story.awaitReads(story.taylor, "orders", true);
        story.awaitPhase(agreement, Phase.Active);
    }

    private void port(String name, String patch) {
        installation
                .admin()
                .resources(OutputPort.class)
                .inNamespace(story.checkout)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}
