package dev.portcullis.engine.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.Situation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD and Flux make of an agreement, from statuses that the engine has written. */
class HealthOfAgreementsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Named<Case>> CASES = make();

    static Stream<Named<Case>> everyStatus() {
        return CASES.stream();
    }

    private static List<Named<Case>> make() {
        return Stream.concat(
                        Arrays.stream(Situation.values())
                                .map(situation -> Named.of(situation.name(), situation.make())),
                        Stream.of(
                                Named.of("not granted yet", approvedAtFirst()),
                                Named.of("being taken away", beingRevoked()),
                                Named.of("votes are missing", votesAreMissing()),
                                Named.of("recertification missed", recertificationMissed()),
                                Named.of("suspended, and not taken away", suspendedInVain()),
                                Named.of("left the team", leftTheTeam())))
                .toList();
    }

    private static Case approvedAtFirst() {
        return Mesh.standard().request().look().decided("approved", People.OLGA).look();
    }

    private static Case beingRevoked() {
        return Mesh.standard()
                .request()
                .decided("approved", People.OLGA)
                .settle()
                .decided("revoked", People.OLGA)
                .look();
    }

    private static Case votesAreMissing() {
        Mesh mesh = Mesh.standard();
        mesh.team("privacy").members("pat@example.com");
        mesh.policy("pii", """
                mode: Mandatory
                rules: [{name: privacy, when: "true", require: {approvals: [{from: {team: privacy}}]}}]
                """);
        return mesh.request().settle();
    }

    private static Case recertificationMissed() {
        Mesh mesh = Mesh.standard();
        mesh.policy("yearly", """
                mode: Mandatory
                rules: [{name: again, when: "true", require: {recertifyEvery: P1Y}}]
                """);
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        mesh.at("2027-12-24T00:00:00Z");
        return agreement.settle();
    }

    private static Case suspendedInVain() {
        Case agreement =
                Mesh.standard().request().decided("approved", People.OLGA).settle();
        agreement.mesh().platformRevokes(false);
        return agreement.suspend(true).settle();
    }

    private static Case leftTheTeam() {
        Case agreement =
                Mesh.standard().request().decided("approved", People.OLGA).settle();
        agreement.mesh().team("marketing").without(People.TAYLOR);
        return agreement.settle();
    }

    @ParameterizedTest
    @MethodSource("everyStatus")
    void argoCd(Case agreement) {
        ArgoHealth.Health health = ArgoHealth.of(object(agreement));

        assertThat(health.status()).isEqualTo(argoCdShows(agreement.phase(), agreement.provisioning()));
        assertThat(health.message())
                .contains(
                        agreement.provisioning() == ProvisioningStatus.DeprovisioningFailed
                                ? agreement.message("Granted")
                                : agreement.message("Ready"));
    }

    /** A phase that is new has no answer here, and does not compile. */
    private static String argoCdShows(Phase phase, ProvisioningStatus platform) {
        if (platform == ProvisioningStatus.DeprovisioningFailed) {
            return "Degraded";
        }
        return switch (phase) {
            case Requested, Suspended -> "Suspended";
            case Upcoming, Active, Expired, Cancelled -> "Healthy";
            case Rejected, Invalid, Revoked -> "Degraded";
            case Provisioning -> platform == ProvisioningStatus.ProvisioningFailed ? "Degraded" : "Progressing";
        };
    }

    @ParameterizedTest
    @MethodSource("everyStatus")
    void flux(Case agreement) {
        assertThat(FluxHealth.of(object(agreement))).isEqualTo(fluxTakesItFor(agreement));
    }

    private static FluxHealth.Health fluxTakesItFor(Case agreement) {
        boolean stalled = agreement.condition("Stalled").startsWith("True");
        return switch (agreement.phase()) {
            case Rejected -> FluxHealth.Health.Failed;
            case Invalid -> stalled ? FluxHealth.Health.Failed : FluxHealth.Health.Current;
            case Provisioning ->
                agreement.provisioning() == ProvisioningStatus.ProvisioningFailed
                        ? FluxHealth.Health.Failed
                        : FluxHealth.Health.InProgress;
            case Requested, Suspended, Upcoming, Active, Expired, Cancelled, Revoked -> FluxHealth.Health.Current;
        };
    }

    @Test
    void everyPhaseAndEveryAnswerOfThePlatformIsAmongThem() {
        assertThat(cases().map(Case::phase).collect(Collectors.toSet())).isEqualTo(EnumSet.allOf(Phase.class));
        assertThat(cases().map(Case::provisioning).filter(Objects::nonNull).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(ProvisioningStatus.class));
    }

    private static Stream<Case> cases() {
        return everyStatus().map(Named::getPayload);
    }

    @Test
    void whoIsMissingIsSaid() {
        assertThat(ArgoHealth.of(object(votesAreMissing())).message()).contains("1 approval of team privacy");
        assertThat(ArgoHealth.of(object(Situation.REFUSED.make())).message()).contains("is not taken");
    }

    @Test
    void whatIsOverIsToBeRemovedFromGit() {
        for (Situation over : Set.of(Situation.REVOKED, Situation.REJECTED, Situation.EXPIRED, Situation.CANCELLED)) {
            assertThat(ArgoHealth.of(object(over.make())).message()).endsWith("remove the manifest");
        }
    }

    @Test
    void whatIsAboutToEndIsSaid() {
        Mesh mesh = Mesh.standard();
        Case agreement = mesh.request()
                .until("2026-11-25")
                .decided("approved", People.OLGA)
                .settle();

        assertThat(ArgoHealth.of(object(agreement)))
                .satisfies(health -> assertThat(health.status()).isEqualTo("Healthy"))
                .satisfies(health ->
                        assertThat(health.message()).contains("; Expiring: the access ends at 2026-11-26T00:00:00Z"));
    }

    @Test
    void asLongAsNobodyHasLookedItIsOnItsWay() {
        ObjectNode never = object(Situation.ACTIVE.make());
        never.remove("status");
        ObjectNode changed = object(Situation.ACTIVE.make());
        changed.with("metadata").put("generation", 7);

        assertThat(ArgoHealth.of(never).status()).isEqualTo("Progressing");
        assertThat(ArgoHealth.of(changed).status()).isEqualTo("Progressing");
        assertThat(FluxHealth.of(never)).isEqualTo(FluxHealth.Health.NoAnswer);
        assertThat(FluxHealth.of(changed)).isEqualTo(FluxHealth.Health.InProgress);
    }

    @Test
    void aPhaseOfALaterVersionIsNotTakenForHealthy() {
        ObjectNode later = object(Situation.ACTIVE.make());
        later.with("status").put("phase", "Slumbering");

        assertThat(ArgoHealth.of(later).status()).isEqualTo("Unknown");
    }

    private static ObjectNode object(Case agreement) {
        ObjectNode object = JSON.valueToTree(agreement.object());
        assertThat(object.get("kind").textValue()).isEqualTo("DataUsageAgreement");
        return object;
    }
}
