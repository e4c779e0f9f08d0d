package dev.portcullis.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.engine.policy.PolicyCheck;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PolicyReconcilerTest {
    private final Rig rig = new Rig();
    private final PolicyReconciler reconciler = new PolicyReconciler(
            rig.cluster.caches(),
            rig.consequences,
            rig.gate,
            new PolicyCheck(new PolicyExpressions()),
            rig.clock,
            rig.events);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void saysWhichExpressionCannotBeUsedAndWhere() throws Exception {
        reconcile(there("""
                mode: Mandatory
                rules:
                - {name: fine, when: port.containsPii, approve: true}
                - name: misspelt
                  when: |-
                    port.containsPii &&
                      requester.name == 'taylor'
                  while: beneficiaries.all(b, b.atributes.country == 'DE')
                  approve: true
                """));

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.path()).startsWith("/apis/portcullis.dev/v1alpha1/approvalpolicies/pii/status");
            assertThat(call.json().at("/status/conditions/0/status").asText()).isEqualTo("False");
            assertThat(call.json().at("/status/conditions/0/reason").asText()).isEqualTo("ExpressionInvalid");
            assertThat(call.json().at("/status/conditions/0/message").asText())
                    .contains(
                            "rule misspelt, when, line 2, column", "rule misspelt, while, line 1, column", "atributes")
                    .doesNotContain("rule fine");
        });
    }

    @Test
    void tellsByAnEventThatAPolicyCannotBeUsed() throws Exception {
        reconcile(there("{mode: Mandatory, rules: [{name: all, when: port.pii, approve: true}]}"));

        await().until(() -> !rig.api.calls("POST").isEmpty());
        assertThat(rig.api.calls("POST")).singleElement().satisfies(call -> {
            assertThat(call.path()).contains("/events");
            assertThat(call.json().path("type").asText()).isEqualTo("Warning");
            assertThat(call.json().path("reason").asText()).isEqualTo("ExpressionInvalid");
            assertThat(call.json().at("/regarding/kind").asText()).isEqualTo("ApprovalPolicy");
        });
    }

    @Test
    void saysThatAllCanBeUsed() throws Exception {
        reconcile(there("{mode: Default, rules: [{name: all, when: 'true', approve: true}]}"));

        assertThat(rig.writes().get(0).json().at("/status/conditions/0/reason").asText())
                .isEqualTo("Accepted");
    }

    @Test
    void saysWhichTeamsItAsksThatAreNotThereAndWritesThatOnce() throws Exception {
        ApprovalPolicy policy = there("""
                mode: Mandatory
                rules:
                - name: all
                  when: "true"
                  require: {approvals: [{from: {team: privacy}, count: 1}, {from: {team: marketing}, count: 1}, {from: {provider: true}, count: 1}]}
                """);
        reconcile(policy);

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/conditions/0/status").asText()).isEqualTo("True");
            assertThat(call.json().at("/status/conditions/0/reason").asText()).isEqualTo("TeamsMissing");
            assertThat(call.json().at("/status/conditions/0/message").asText()).contains("create privacy, or");
        });

        ApprovalPolicy written = rig.cluster.policies.put(
                rig.api.client().resources(ApprovalPolicy.class).withName("pii").get());
        rig.api.forgetCalls();
        reconcile(written);
        assertThat(rig.writes()).as("a restart writes nothing").isEmpty();

        rig.cluster.teams.put(Samples.team("privacy", "privacy"));
        rig.cluster.forgetLooks();
        rig.consequences.ofTeam(Samples.team("privacy", "privacy"));
        assertThat(rig.cluster.lookedAgain()).contains("ApprovalPolicy pii");
        reconcile(written);
        assertThat(rig.writes().get(0).json().at("/status/conditions/0/reason").asText())
                .isEqualTo("Accepted");
    }

    @Test
    void requestsAreLookedAtThatNoPolicyHasJudged() throws Exception {
        rig.cluster.agreements.put(Samples.request("new", "taylor"));
        rig.cluster.agreements.put(judged(Samples.request("judged", "taylor")));
        rig.cluster.agreements.put(Samples.approved("approved", "taylor"));
        ApprovalPolicy policy = there("{mode: Default, rules: [{name: all, when: 'true', approve: true}]}");

        reconcile(policy);
        assertThat(rig.cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/new");

        rig.cluster.forgetLooks();
        reconcile(policy);
        assertThat(rig.cluster.lookedAgain()).isEmpty();

        rig.cluster.policies.remove(policy);
        reconciler.reconcile(policy, rig.contexts.deleted());
        assertThat(rig.cluster.lookedAgain())
                .contains("DataUsageAgreement marketing/new")
                .doesNotContain("DataUsageAgreement marketing/judged");
    }

    private static DataUsageAgreement judged(DataUsageAgreement agreement) {
        var approved = Samples.approved("x", "taylor").getStatus();
        agreement.setStatus(Samples.status(
                new dev.portcullis.api.agreement.Approval(
                        dev.portcullis.api.agreement.ApprovalStatus.Requested, null, null, List.of(), List.of(), null),
                Phase.Requested,
                null,
                approved.snapshot().withPolicies(new AppliedPolicies("2026-11-22T12:00:00Z", List.of()))));
        return agreement;
    }

    private ApprovalPolicy there(String spec) {
        ApprovalPolicy policy = new ApprovalPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName("pii").build());
        policy.setSpec(Serialization.unmarshal("---\n" + spec, ApprovalPolicySpec.class));
        ApprovalPolicy created = Rig.generation(rig.api.create(policy), 1);
        rig.cluster.policies.put(created);
        rig.api.forgetCalls();
        return created;
    }

    private void reconcile(ApprovalPolicy policy) throws InterruptedException {
        reconciler.reconcile(policy, rig.contexts.present());
    }
}
