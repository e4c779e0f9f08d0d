package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.status.Conditions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The main job: request, decide, grant, use, revoke. */
class MainJobTest {
    private final Story story = Installation.get().newStory();

    @Test
    void anAutoApprovedAgreementGivesAccessAndItsDeletionTakesItAway() {
        story.offer("items", "[{name: order_items}]", "autoApprove: true");
        assertThat(story.reads(story.taylor, "order_items")).isFalse();

        story.request("basket", "items", story.taylor, "");

        DataUsageAgreement active = story.awaitPhase("basket", Phase.Active);
        assertThat(active.getStatus().approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(active.getStatus().approval().rule()).isEqualTo("auto-approve");
        assertThat(active.getStatus().active()).isTrue();
        assertThat(active.getStatus().provisioning().status()).isEqualTo(ProvisioningStatus.Provisioned);
        assertThat(active.getStatus().provisioning().principals()).containsExactly(Story.login(story.taylor));
        assertThat(story.reads(story.taylor, "order_items")).isTrue();
        assertThat(story.reads(story.taylor, "orders")).isFalse();
        assertThat(story.reads(story.quinn, "order_items")).isFalse();

        story.delete("basket");
        Installation.await("basket gone", () -> story.agreement("basket") == null);
        assertThat(story.reads(story.taylor, "order_items")).isFalse();
    }

    @Test
    void aManualAgreementWaitsForAPersonAndEndsByRevocation() {
        story.offer("orders", "[{name: orders}]", "");
        story.request("churn", "orders", story.taylor, "");
        DataUsageAgreement waiting = story.awaitPhase("churn", Phase.Requested);
        assertThat(waiting.getStatus().approval().workflow().name()).isEqualTo("Manual");
        assertThat(story.reads(story.taylor, "orders")).isFalse();

        story.annotate(
                story.installation.as(story.olga),
                "churn",
                Map.of(
                        "portcullis.dev/decision", "approved",
                        "portcullis.dev/decision-reason", "Fine for the model.",
                        "portcullis.dev/decision-metadata", "{\"ticket\":\"A-7\",\"risk\":{\"level\":2}}"));

        Approval approval = story.awaitPhase("churn", Phase.Active).getStatus().approval();
        DecisionRecord decision = approval.decisions().get(0);
        assertThat(decision.by()).isEqualTo(story.olga);
        assertThat(decision.recordedBy()).isEqualTo(story.olga);
        assertThat(decision.reason()).isEqualTo("Fine for the model.");
        assertThat(decision.metadata()).containsEntry("ticket", "A-7").containsEntry("risk", Map.of("level", 2));
        assertThat(story.reads(story.taylor, "orders")).isTrue();

        story.decide(story.olga, "churn", "revoked");

        DataUsageAgreement revoked = story.awaitAgreement(
                "churn",
                "deprovisioned",
                agreement -> agreement.getStatus().phase() == Phase.Revoked
                        && agreement.getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        assertThat(revoked.getStatus().approval().decisions()).hasSize(2);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
    }

    @Test
    void someRowsAreReadThroughTheViewThatTheAgreementNames() {
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: rows, namespace: $checkout}
                spec:
                  dataProduct: orders
                  platform: $warehouse
                  autoApprove: true
                  postgresql:
                    database: shop
                    schema: sales
                    tables: [{name: orders}, {name: customers}]
                    rowFilters: [{name: german, where: "country = 'DE' AND amount BETWEEN 20 AND 100.5"}]
                """);
        story.request(
                "german",
                "rows",
                story.taylor,
                "select: {tables: [{name: orders, columns: [order_id, amount]}], rowFilter: german}");

        DataUsageAgreement active = story.awaitPhase("german", Phase.Active);
        String granted = Conditions.find(active.getStatus().conditions(), "Granted")
                .orElseThrow()
                .message();
        assertThat(granted).contains(": read portcullis_views.rows_orders_");
        String view = granted.substring(granted.indexOf("portcullis_views."), granted.indexOf(" instead of"));
        String login = Story.login(story.taylor);
        assertThat(story.shop()
                        .query(login, "SELECT amount, order_id FROM " + view)
                        .rows())
                .isEqualTo(
                        story.shop()
                                .look(
                                        "SELECT amount, order_id FROM sales.orders WHERE country = 'DE' AND amount BETWEEN 20 AND 100.5"))
                .isNotEmpty();
        assertThat(story.reads(story.taylor, "orders")).isFalse();
        assertThat(story.reads(story.taylor, "customers")).isFalse();

        story.request("beyond", "rows", story.taylor, "select: {rowFilter: french}");
        story.awaitAgreement(
                "beyond",
                "invalid",
                agreement -> Conditions.find(agreement.getStatus().conditions(), "Ready")
                        .filter(ready -> ready.reason().equals("SelectBeyondPort"))
                        .isPresent());

        story.delete("german");
        Installation.await("german gone", () -> story.agreement("german") == null);
        assertThat(story.shop().query(login, "SELECT * FROM " + view).allowed()).isFalse();
    }

    @Test
    void useInsideATeamIsApprovedWhateverThePortSays() {
        story.offer("orders", "[{name: orders}]", "workflow: External");
        story.applyAsAdmin("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: olga-consumes, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-consumer}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $olga}]
                """);
        story.apply(story.installation.as(story.olga), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: own, namespace: $checkout}
                spec:
                  purpose: Watch the quality of our own data.
                  provider: {namespace: $checkout, outputPort: orders}
                  consumer: {user: $olga}
                """);
        story.awaitReads(story.olga, "orders", true);
        DataUsageAgreement own = story.installation.agreement(story.checkout, "own");
        assertThat(own.getStatus().approval().rule()).isEqualTo("same-team");
    }
}
