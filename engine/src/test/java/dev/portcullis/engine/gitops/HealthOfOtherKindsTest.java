package dev.portcullis.engine.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.status.Conditions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Argo CD and Flux make of the other kinds. */
class HealthOfOtherKindsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<String> KINDS = Set.of(
            "Team", "DataPlatform", "DataProduct", "OutputPort", "DataUsageAgreement", "ApprovalPolicy", "Decision");

    @Test
    void thereIsOneCheckForEveryKindThatGitHolds() {
        assertThat(ArgoHealth.scripts().keySet()).isEqualTo(KINDS);
        assertThat(FluxHealth.expressions().keySet()).isEqualTo(KINDS);
        assertThat(FluxHealth.expressions().values())
                .allSatisfy(checks -> assertThat(checks)
                        .singleElement()
                        .satisfies(check ->
                                assertThat(check.get("apiVersion").textValue()).isEqualTo("portcullis.dev/v1alpha1")));
    }

    /** The interpreter of these tests knows Lua 5.2, Argo CD's 5.1; and Argo CD loads neither strings nor files nor the system for a check. */
    @Test
    void theChecksKeepToWhatArgoCdHas() {
        Pattern more = Pattern.compile("\\bgoto\\b|::|\\b(string|io|os|math|coroutine|debug|bit32)\\.|\\w:\\w+\\(");
        assertThat(ArgoHealth.scripts().values())
                .allSatisfy(script -> assertThat(script).doesNotContainPattern(more));
    }

    @ParameterizedTest
    @CsvSource({
        "Team, True, Accepted, Healthy, Current",
        "DataPlatform, True, Comparing, Healthy, Current",
        "DataPlatform, False, NotReachedYet, Progressing, InProgress",
        "DataPlatform, False, SecretForbidden, Degraded, InProgress",
        "DataProduct, True, Accepted, Healthy, Current",
        "DataProduct, False, TeamUnknown, Degraded, InProgress",
        "OutputPort, True, Offered, Healthy, Current",
        "OutputPort, False, NotActive, Healthy, Current",
        "OutputPort, False, Suspended, Suspended, Current",
        "OutputPort, False, ObjectNotFound, Degraded, InProgress",
        "ApprovalPolicy, True, Accepted, Healthy, Current",
        "ApprovalPolicy, False, ExpressionInvalid, Degraded, Failed",
    })
    void byReady(String kind, boolean ready, String reason, String argoCd, FluxHealth.Health flux) {
        JsonNode object = with(kind, conditions -> conditions.add("Ready", ready, reason, "so it is"));

        assertThat(ArgoHealth.of(object)).isEqualTo(new ArgoHealth.Health(argoCd, "so it is"));
        assertThat(FluxHealth.of(object)).isEqualTo(flux);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team", "DataPlatform", "DataProduct", "OutputPort", "ApprovalPolicy"})
    void asLongAsNobodyHasLookedItIsOnItsWay(String kind) {
        ObjectNode never = with(kind, conditions -> conditions);
        never.remove("status");
        ObjectNode changed = with(kind, conditions -> conditions.add("Ready", true, "Accepted", "so it is"));
        changed.with("metadata").put("generation", 4);
        ObjectNode empty = with(kind, conditions -> conditions);
        empty.with("status").remove("conditions");

        assertThat(Stream.of(never, changed, empty).map(ArgoHealth::of).map(ArgoHealth.Health::status))
                .containsOnly("Progressing");
        assertThat(FluxHealth.of(never)).isEqualTo(FluxHealth.Health.NoAnswer);
        assertThat(FluxHealth.of(changed)).isEqualTo(FluxHealth.Health.InProgress);
        assertThat(FluxHealth.of(empty)).isEqualTo(FluxHealth.Health.InProgress);
    }

    @Test
    void aRemovalThatIsHeldWaitsForSomebody() {
        JsonNode held = with(
                "DataPlatform",
                conditions -> conditions
                        .add("Ready", true, "Comparing", "compared")
                        .add("Reachable", true, "Reached", "the platform answers")
                        .add("RemovalHeld", true, "TooManyRemovals", "60 entitlements would be taken away"));

        assertThat(ArgoHealth.of(held))
                .isEqualTo(new ArgoHealth.Health("Degraded", "compared; 60 entitlements would be taken away"));
        assertThat(FluxHealth.of(held)).isEqualTo(FluxHealth.Health.Current);
    }

    @Test
    void noticesAreSaidAndMakeNothingUnhealthy() {
        JsonNode platform = with(
                "DataPlatform",
                conditions -> conditions
                        .add("Ready", true, "Comparing", "compared")
                        .add("Reachable", true, "Reached", "the platform answers")
                        .add("ForeignGrant", true, "ForeignGrant", "the DBA takes it away"));
        JsonNode port = with(
                "OutputPort",
                conditions -> conditions
                        .add("Ready", true, "Offered", "offered")
                        .add("ObjectWidened", true, "ColumnsAdded", "orders has a new column"));

        assertThat(ArgoHealth.of(platform))
                .isEqualTo(new ArgoHealth.Health("Healthy", "compared; ForeignGrant: the DBA takes it away"));
        assertThat(ArgoHealth.of(port))
                .isEqualTo(new ArgoHealth.Health("Healthy", "offered; ObjectWidened: orders has a new column"));
    }

    @Test
    void aProductThatIsSuspendedSaysSo() {
        ObjectNode product = with("DataProduct", conditions -> conditions.add("Ready", true, "Accepted", "offered"));
        product.putObject("spec").put("suspend", true);

        assertThat(ArgoHealth.of(product).status()).isEqualTo("Suspended");
        assertThat(FluxHealth.of(product)).isEqualTo(FluxHealth.Health.Current);
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(Outcome.Taken, "Taken", "Healthy", FluxHealth.Health.Current),
                Arguments.of(Outcome.Refused, "SelfDecision", "Degraded", FluxHealth.Health.Failed),
                Arguments.of(Outcome.Waiting, "NoAgreement", "Suspended", FluxHealth.Health.Current),
                Arguments.of(Outcome.Waiting, "Counted", "Progressing", FluxHealth.Health.Current));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void ofADecision(Outcome outcome, String reason, String argoCd, FluxHealth.Health flux) {
        ObjectNode decision = JSON.createObjectNode().put("kind", "Decision");
        decision.putObject("metadata").put("generation", 1);
        decision.set("status", JSON.valueToTree(new DecisionStatus("uid", outcome, reason, "why it is so", "then")));

        assertThat(ArgoHealth.of(decision).status()).isEqualTo(argoCd);
        assertThat(FluxHealth.of(decision)).isEqualTo(flux);
        if (outcome != Outcome.Taken) {
            assertThat(ArgoHealth.of(decision).message()).startsWith("why it is so");
        }
    }

    @Test
    void everyOutcomeIsAmongThem() {
        assertThat(outcomes().map(row -> row.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Outcome.class));
    }

    @Test
    void aDecisionThatNobodyHasLookedAtIsOnItsWay() {
        ObjectNode decision = JSON.createObjectNode().put("kind", "Decision");
        decision.putObject("metadata").put("generation", 1);

        assertThat(ArgoHealth.of(decision).status()).isEqualTo("Progressing");
        assertThat(FluxHealth.of(decision)).isEqualTo(FluxHealth.Health.NoAnswer);
    }

    private static ObjectNode with(String kind, UnaryOperator<Conditions> add) {
        ObjectNode object = JSON.createObjectNode().put("kind", kind);
        object.putObject("metadata").put("generation", 3);
        object.putObject("spec");
        ObjectNode status = object.putObject("status").put("observedGeneration", 3);
        status.set(
                "conditions",
                JSON.valueToTree(add.apply(new Conditions(List.of(), 3L, NOW)).build()));
        return object;
    }
}
