package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.guard.ShippedPolicies;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mesh with policies, terms, votes and deadlines, and an operator that ends and starts again. By the clock of the machine, as the mock server's is. */
@Timeout(60)
class RestartTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer api = new ApiServer();
    private final MemoryPlatform platform = new MemoryPlatform();
    private PortcullisOperator operator;

    @BeforeEach
    void mesh() throws Exception {
        ShippedPolicies shipped = new ShippedPolicies();
        for (Map.Entry<String, JsonNode> policy : shipped.policies().entrySet()) {
            api.create(guarding("ValidatingAdmissionPolicy", policy, ValidatingAdmissionPolicy.class));
        }
        for (Map.Entry<String, JsonNode> binding : shipped.bindings().entrySet()) {
            api.create(guarding("ValidatingAdmissionPolicyBinding", binding, ValidatingAdmissionPolicyBinding.class));
        }
        api.create(new NamespaceBuilder()
                .withNewMetadata()
                .withName("checkout")
                .addToLabels("tier", "gold")
                .endMetadata()
                .build());
        api.createShop();
        operator = operator();
    }

    @AfterEach
    void end() {
        operator.close();
        api.close();
    }

    private PortcullisOperator operator() {
        return new PortcullisOperator(api.client(), "portcullis-system", "test", List.of(platform), Clock.systemUTC());
    }

    @Test
    void withDecisionsPoliciesAndTermsInEveryStateNothingIsWritten() {
        apply(ApprovalPolicy.class, """
                metadata: {name: gold, generation: 1}
                spec:
                  mode: Mandatory
                  order: 0
                  ports: {namespaceLabels: {tier: gold}}
                  rules:
                  - name: ask
                    when: "true"
                    require:
                      approvals: [{from: {provider: true}}, {from: {team: privacy}}]
                      terms: [{id: care, revision: "1", text: Be careful.}]
                      maxDuration: P3D
                      recertifyEvery: P2D
                  requestTimeout: P14D
                """);
        apply(ApprovalPolicy.class, """
                metadata: {name: broken, generation: 1}
                spec:
                  mode: Default
                  order: 0
                  ports: {namespaces: [elsewhere]}
                  rules: [{name: misspelt, when: "port.nme == 'a'", approve: true}]
                """);
        apply(dev.portcullis.api.team.Team.class, """
                metadata: {name: privacy, generation: 1}
                spec: {namespaces: [privacy], members: [{user: pat}]}
                """);
        operator.start();
        request("active", "policyTerms: {care: '1'}");
        request("waiting", "policyTerms: {care: '1'}");
        request("without-terms", "");
        awaitPhase("active", Phase.Requested);
        awaitPhase("waiting", Phase.Requested);
        awaitPhase("without-terms", Phase.Invalid);
        // a Decision of the second in which the guard came is not trusted
        Instant guarded = Instant.now();
        await().until(() -> Instant.now().isAfter(guarded.plusSeconds(1)));
        decide("olga-active", "active", "orders-v1", "olga", "Approve");
        decide("pat-active", "active", "orders-v1", "pat", "Review");
        decide("pat-waiting", "waiting", "orders-v1", "pat", "Review");
        await().until(() -> outcomes().contains("pat-waiting Taken/Taken"));
        decide("pat-again", "waiting", "orders-v1", "pat", "Review");
        decide("nobody", "nowhere", "orders-v1", "olga", "Approve");
        decide("other-port", "waiting", "customers-v1", "olga", "Approve");
        decide("not-valid", "without-terms", "orders-v1", "olga", "Approve");
        awaitPhase("active", Phase.Active);
        await().untilAsserted(() -> assertThat(outcomes())
                .containsExactlyInAnyOrder(
                        "olga-active Taken/Taken",
                        "pat-active Taken/Taken",
                        "pat-waiting Taken/Taken",
                        "pat-again Refused/CountedAlready",
                        "nobody Waiting/NoAgreement",
                        "other-port Refused/OtherPort",
                        "not-valid Waiting/NotValidYet"));
        DataUsageAgreement active = agreement("active");
        assertThat(active.getStatus().ends()).isNotNull();
        assertThat(active.getStatus().recertifyBy()).isNotNull();
        assertThat(active.getStatus().conditions())
                .anyMatch(condition -> condition.type().equals("Expiring"));
        await().during(Duration.ofMillis(1500)).until(() -> {
            boolean isCalm = writes().isEmpty();
            api.forgetCalls();
            return isCalm;
        });
        operator.close();
        api.forgetCalls();
        int sessions = platform.sessionsOpened();

        operator = operator();
        operator.start();

        await().until(() -> platform.sessionsOpened() > sessions);
        await().during(Duration.ofMillis(1500)).until(() -> writes().isEmpty());
    }

    private List<ApiServer.Call> writes() {
        return api.calls().stream().filter(call -> !call.method().equals("GET")).toList();
    }

    private void request(String name, String more) {
        apply(DataUsageAgreement.class, """
                metadata:
                  name: %s
                  namespace: marketing
                  generation: 1
                  annotations: {portcullis.dev/requested-by: taylor}
                spec:
                  purpose: Train the model.
                  provider: {namespace: checkout, outputPort: orders-v1}
                  consumer: {user: taylor}
                  %s
                """.formatted(name, more));
    }

    private void decide(String name, String agreement, String port, String by, String authority) {
        apply(Decision.class, """
                metadata: {name: %s, namespace: checkout, generation: 1}
                spec:
                  outputPort: %s
                  agreement: {namespace: marketing, name: %s}
                  decision: approved
                  by: %s
                  recordedBy: %s
                  authority: %s
                """.formatted(name, port, agreement, by, by, authority));
    }

    private <T extends CustomResource<?, ?>> void apply(Class<T> kind, String yaml) {
        api.create(Serialization.unmarshal(
                "apiVersion: portcullis.dev/v1alpha1\nkind: " + kind.getSimpleName() + "\n" + yaml, kind));
    }

    private static <T> T guarding(String kind, Map.Entry<String, JsonNode> shipped, Class<T> type) {
        return JSON.convertValue(
                Map.of(
                        "apiVersion",
                        "admissionregistration.k8s.io/v1",
                        "kind",
                        kind,
                        "metadata",
                        Map.of("name", shipped.getKey()),
                        "spec",
                        shipped.getValue()),
                type);
    }

    private void awaitPhase(String name, Phase phase) {
        await().until(() -> agreement(name).getStatus() != null
                && agreement(name).getStatus().phase() == phase);
    }

    private Set<String> outcomes() {
        return api.client().resources(Decision.class).inNamespace("checkout").list().getItems().stream()
                .map(decision -> decision.getMetadata().getName() + " "
                        + (decision.getStatus() == null
                                ? "unseen"
                                : decision.getStatus().outcome() + "/"
                                        + decision.getStatus().reason()))
                .collect(Collectors.toSet());
    }

    private DataUsageAgreement agreement(String name) {
        return api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }
}
