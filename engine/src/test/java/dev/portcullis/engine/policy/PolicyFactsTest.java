package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.Contract;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.product.Terms;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import dev.portcullis.engine.given.MemoryPlatform;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.policy.PolicyExpression.Answer;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Period;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions see of a request: every field that they are checked by. */
class PolicyFactsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Period DATES = new Period(
            Optional.of(Instant.parse("2026-12-01T00:00:00Z")), Optional.of(Instant.parse("2027-01-01T00:00:00Z")));

    private static Map<String, Object> facts(boolean full) {
        Mesh mesh = Mesh.standard();
        DataUsageAgreement agreement = mesh.request()
                .answering("retention", "30 days")
                .accepting("2026-01")
                .acceptingOfPolicies("pii", "7")
                .object();
        OutputPort port = new OutputPort();
        port.setMetadata(new ObjectMetaBuilder()
                .withNamespace("checkout")
                .withName("orders-v1")
                .build());
        port.setSpec(new OutputPortSpec(
                "orders",
                full ? "One row per order." : null,
                "warehouse",
                null,
                null,
                true,
                true,
                Workflow.External,
                full ? new Contract("orders-contract", "1.2.0") : null,
                null,
                null,
                null));
        DataProduct product = new DataProduct();
        product.setMetadata(new ObjectMetaBuilder()
                .withNamespace("checkout")
                .withName("orders")
                .build());
        product.setSpec(new DataProductSpec(
                "Orders",
                full ? "Every order." : null,
                full ? "commerce" : null,
                null,
                full ? People.OLGA : null,
                null,
                List.of("gold"),
                null,
                null,
                full ? new Terms("2026-01", "Be kind.") : null,
                null));
        Validity.Valid request = new Validity.Valid(
                (Snapshot) null,
                new Offer(port, product, (DataPlatform) null, new MemoryPlatform(), null),
                team("marketing", full ? "Marketing" : null, People.TAYLOR),
                team("checkout", full ? "Checkout" : null, People.OLGA));
        return new TreeMap<>(new PolicyFacts(mesh.world())
                .of(agreement, request, full ? DATES : new Period(Optional.empty(), Optional.empty()), NOW));
    }

    private static ActingTeam team(String name, String displayName, String member) {
        Team team = new Team();
        team.setMetadata(new ObjectMetaBuilder().withName(name).build());
        team.setSpec(new TeamSpec(
                displayName, List.of(name), null, List.of(new TeamMember(member, Map.of("country", "DE")))));
        return new ActingTeam(name, Optional.of(team));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agreement.name == 'churn-orders'",
                "agreement.namespace == 'marketing'",
                "agreement.purpose == 'Train the monthly churn model.'",
                "agreement.answers.retention == '30 days'",
                "agreement.acceptedTerms == '2026-01'",
                "agreement.policyTerms.pii == '7'",
                "agreement.start == timestamp('2026-12-01T00:00:00Z')",
                "agreement.end - agreement.start == duration('744h')",
                "port.name == 'orders-v1'",
                "port.namespace == 'checkout'",
                "port.platform == 'warehouse'",
                "port.description == 'One row per order.'",
                "port.containsPii",
                "port.autoApprove",
                "port.workflow == 'External'",
                "port.contract.id == 'orders-contract'",
                "port.contract.version == '1.2.0'",
                "product.name == 'orders'",
                "product.namespace == 'checkout'",
                "product.title == 'Orders'",
                "product.description == 'Every order.'",
                "product.domain == 'commerce'",
                "product.subjectMatterExpert == 'olga@example.com'",
                "product.tags == ['gold']",
                "product.termsRevision == '2026-01'",
                "provider.name == 'checkout' && provider.namespace == 'checkout' && provider.displayName == 'Checkout'",
                "consumer.name == 'marketing' && consumer.namespace == 'marketing' && consumer.displayName == 'Marketing'",
                "requester.user == 'taylor@example.com' && requester.attributes.country == 'DE' && requester.teams == ['marketing']",
                "beneficiaries.map(b, b.user) == ['taylor@example.com']",
                "now == timestamp('2026-11-22T12:00:00Z')"
            })
    void sees(String expression) {
        PolicyExpression compiled = new PolicyExpressions().of(expression);

        assertThat(compiled.evaluate(facts(true))).isEqualTo(Answer.TRUE);
        assertThat(compiled.evaluate(new Seen(facts(true)))).isEqualTo(Answer.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agreement.start",
                "agreement.end",
                "port.description",
                "port.contract",
                "product.description",
                "product.domain",
                "product.subjectMatterExpert",
                "product.termsRevision",
                "provider.displayName",
                "consumer.displayName"
            })
    void whatNobodyWroteIsNotThere(String field) {
        assertThat(new PolicyExpressions().of("has(" + field + ")").evaluate(facts(false)))
                .isEqualTo(new Answer.Known(false));
        assertThat(new PolicyExpressions().of("has(" + field + ")").evaluate(facts(true)))
                .isEqualTo(Answer.TRUE);
    }

    /** A field that expressions are checked by and that is in no test above would be one that nobody has seen work. */
    @Test
    void thereIsNothingElse() {
        assertThat(facts(true).keySet()).containsExactlyInAnyOrderElementsOf(PolicyTypes.VARIABLES.keySet());
    }
}
