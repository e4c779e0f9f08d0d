package dev.portcullis.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ready, Approved, Granted and Stalled in every situation. */
class ConditionsTest {
    @ParameterizedTest
    @EnumSource
    void sayWhatIs(Situation situation) {
        Case agreement = situation.make();

        assertThat(List.of(
                        agreement.phase().name(),
                        agreement.ready(),
                        agreement.condition("Approved"),
                        agreement.condition("Granted"),
                        agreement.condition("Stalled")))
                .containsExactly(
                        situation.phase.name(),
                        situation.ready,
                        situation.approved,
                        situation.granted,
                        situation.stalled);
    }

    @Test
    void coverEveryPhase() {
        Set<Phase> seen = Stream.of(Situation.values())
                .map(situation -> situation.phase)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Phase.class)));

        assertThat(seen).containsExactlyInAnyOrder(Phase.values());
    }

    @ParameterizedTest
    @EnumSource
    void areWholeAndOfTheGenerationSeen(Situation situation) {
        Case agreement = situation.make();
        long generation = agreement.object().getMetadata().getGeneration();

        assertThat(agreement.status().observedGeneration()).isEqualTo(generation);
        assertThat(agreement.status().conditions()).extracting(Condition::type).doesNotHaveDuplicates();
        for (Condition condition : agreement.status().conditions()) {
            assertThat(condition.observedGeneration()).isEqualTo(generation);
            assertThat(condition.reason()).matches("[A-Z][A-Za-z]+");
            assertThat(condition.message()).hasSizeGreaterThan(10).doesNotContain("null", "Optional", "[]");
            assertThat(Instant.parse(condition.lastTransitionTime()))
                    .isBeforeOrEqualTo(agreement.mesh().now());
        }
    }

    /** kstatus: Ready=False is in progress, Stalled=True has failed; both at once with Ready=True would contradict. */
    @ParameterizedTest
    @EnumSource
    void neverContradict(Situation situation) {
        Case agreement = situation.make();

        assertThat(agreement.find("Ready")).isPresent();
        if (!agreement.condition("Stalled").equals("absent")) {
            assertThat(agreement.condition("Stalled")).startsWith("True/");
            assertThat(agreement.ready()).startsWith("False/");
        }
        if (agreement.phase() == Phase.Active) {
            assertThat(agreement.ready()).startsWith("True/");
            assertThat(agreement.condition("Granted")).startsWith("True/");
        }
        assertThat(agreement.isActive())
                .as("active is approved, inside the dates and not paused")
                .isEqualTo(agreement.phase() == Phase.Active || agreement.phase() == Phase.Provisioning);
    }

    @Test
    void aTransitionTimeIsThatOfTheStatusNotOfTheReason() {
        Mesh mesh = Mesh.standard();
        mesh.withoutPort();
        Case request = mesh.request().look();
        mesh.later(Duration.ofMinutes(1)).port().tables("orders");
        mesh.withoutProduct();
        request.look();

        assertThat(request.ready()).isEqualTo("False/ProductNotFound");
        assertThat(request.find("Ready").orElseThrow().lastTransitionTime()).isEqualTo("2026-11-22T12:00:00Z");

        mesh.later(Duration.ofMinutes(1)).product();
        request.decided("approved", People.OLGA).settle();
        assertThat(request.find("Ready").orElseThrow().lastTransitionTime()).isEqualTo("2026-11-22T12:02:00Z");
        assertThat(request.find("Approved").orElseThrow().lastTransitionTime()).isEqualTo("2026-11-22T12:02:00Z");
    }

    @Test
    void stalledGoesWhenItDoesNotHoldAnyMore() {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().until("2026-12-31").look();
        mesh.recreatePort();
        assertThat(request.look().condition("Stalled")).isEqualTo("True/PortReplaced");

        request.cancel().look();

        assertThat(request.condition("Stalled")).isEqualTo("absent");
        assertThat(request.ready()).isEqualTo("True/Ended");
    }

    @Test
    void endedIsReadyOnlyWhenTheAccessIsGone() {
        Mesh mesh = Mesh.standard();
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        agreement.cancel().look();
        assertThat(agreement.phase()).isEqualTo(Phase.Cancelled);
        assertThat(agreement.ready()).isEqualTo("False/Revoking");
        assertThat(agreement.message("Ready")).contains("being taken away");

        assertThat(agreement.settle().ready()).isEqualTo("True/Ended");
    }

    @Test
    void whatWasNeverGrantedIsNotCalledGranted() {
        Mesh mesh = Mesh.standard();
        mesh.platformMisses(People.TAYLOR);
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        agreement.cancel().look();

        assertThat(agreement.condition("Granted")).startsWith("False/");
        assertThat(agreement.message("Granted")).doesNotContain("from :");
    }

    @Test
    void aWaitingRequestSaysWhoCanDoWhat() {
        Case request = Mesh.standard().request().look();

        assertThat(request.message("Ready"))
                .contains("orders-v1", "checkout", "portcullis.dev/decision=approved or rejected");
    }

    @Test
    void aLongMessageIsShortened() {
        Mesh mesh = Mesh.standard();
        String[] many = IntStream.range(0, 200)
                .mapToObj(i -> "member-number-" + i + "@example.com")
                .toArray(String[]::new);
        Stream.of(many).forEach(mesh::platformMisses);
        mesh.team("marketing").members(many);

        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", People.OLGA)
                .settle();

        assertThat(agreement.message("Ready")).hasSize(4096).endsWith("…");
    }

    @Test
    void whoGivesUpIsToldApartFromWhatIsDeleted() {
        Mesh mesh = Mesh.standard();

        assertThat(mesh.request().settle().cancel().settle().message("Ready"))
                .isEqualTo("the consumer has given the agreement up");
        assertThat(mesh.request().settle().delete().settle().message("Ready"))
                .isEqualTo("the agreement is being deleted");
    }

    /** Whoever waits for a platform has to know for which. */
    @Test
    void whatThePlatformHasNotAnsweredYetNamesIt() {
        Mesh mesh = Mesh.standard();
        Case agreement = mesh.request().decided("approved", People.OLGA).look();
        assertThat(agreement.message("Ready"))
                .isEqualTo(
                        "approved; the access is being granted on DataPlatform warehouse, whose conditions say whether it answers");

        agreement.settle().decided("revoked", People.OLGA).look();
        assertThat(agreement.ready()).isEqualTo("False/Revoking");
        assertThat(agreement.message("Ready"))
                .contains("the access is being taken away on DataPlatform warehouse", "portcullis.dev/orphan");
    }

    @Test
    void whatIsPausedSaysWhetherTheAccessIsGone() {
        Mesh mesh = Mesh.standard();
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        assertThat(agreement.suspend(true).look().message("Ready")).endsWith("; the access is still being taken away");
        assertThat(agreement.settle().message("Ready")).doesNotContain("taken away");
        mesh.platformRevokes(false);
        agreement.suspend(false).settle();
        assertThat(agreement.suspend(true).settle().provisioning())
                .isEqualTo(dev.portcullis.api.agreement.ProvisioningStatus.DeprovisioningFailed);
        assertThat(agreement.message("Ready")).endsWith("; the access is still being taken away");
    }
}
