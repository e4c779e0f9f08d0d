package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only {@code revoked} follows {@code approved}, and only it. */
class RevocationTest {
    private final Mesh mesh = Mesh.standard();

    private Case approved() {
        return mesh.request()
                .until("2027-03-31")
                .decided("approved", People.OLGA)
                .because("fine")
                .withLink("https://tickets.example.com/7")
                .withMetadata("{\"ticket\": 7}")
                .settle();
    }

    @Test
    void takesTheAccessAway() {
        Case agreement = approved();

        agreement.decided("revoked", People.OLGA).because("misuse").look();

        assertThat(agreement.phase()).as("shows at once").isEqualTo(Phase.Revoked);
        assertThat(agreement.isActive()).isFalse();
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioning);
        assertThat(agreement.settle().provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
    }

    @Test
    void isAWholeRecordThatInheritsNothing() {
        Case agreement = approved();

        agreement.decided("revoked", People.OTTO).settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "revoked by " + People.OTTO);
        assertThat(agreement.lastDecision().reason()).isNull();
        assertThat(agreement.lastDecision().link()).isNull();
        assertThat(agreement.lastDecision().metadata()).isNull();
        assertThat(agreement.approval().decisions().get(0).reason()).isEqualTo("fine");
        assertThat(agreement.approval().rule()).as("it was requested under").isEqualTo("manual");
    }

    @Test
    void isTakenOnceAndForGood() {
        Case agreement = approved();
        agreement.decided("revoked", People.OLGA).settle();

        agreement.decided("revoked", People.OTTO).settle();
        agreement.decided("approved", People.OLGA).settle();
        agreement.cleared().settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "revoked by " + People.OLGA);
        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.approval().status()).isEqualTo(ApprovalStatus.Approved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "rejected", "garbage", "REVOKED"})
    void nothingElseFollowsAnApproval(String decision) {
        Case agreement = approved();

        agreement.decided(decision, People.OTTO).because("changed my mind").settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "rejected", "revoked"})
    void nothingFollowsARejection(String decision) {
        Case request = mesh.request().decided("rejected", People.OLGA).settle();

        request.decided(decision, People.OTTO).settle();

        assertThat(request.decisions()).containsExactly("rejected by " + People.OLGA);
        assertThat(request.phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void nothingIsRevokedThatWasNotApproved() {
        Case request = mesh.request().look();

        request.decided("revoked", People.OLGA).look();

        assertThat(request.decisions()).isEmpty();
        assertThat(request.phase()).isEqualTo(Phase.Requested);
        assertThat(request.decided("rejected", People.OLGA).look().phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void alsoWhatARuleApproved() {
        mesh.port().autoApprove(true);
        Case agreement = mesh.request().settle();

        agreement.decided("revoked", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.approval().rule()).isEqualTo("auto-approve");
        assertThat(agreement
                        .status()
                        .history()
                        .get(agreement.status().history().size() - 1)
                        .by())
                .isEqualTo(People.OLGA);
    }

    static Stream<Arguments> states() {
        BiConsumer<Mesh, Case> retired = (mesh, agreement) -> mesh.port().lifecycle(Lifecycle.Retired);
        BiConsumer<Mesh, Case> teamGone = (mesh, agreement) -> mesh.withoutTeam("marketing");
        BiConsumer<Mesh, Case> suspended = (mesh, agreement) -> agreement.suspend(true);
        BiConsumer<Mesh, Case> cancelled = (mesh, agreement) -> agreement.cancel();
        BiConsumer<Mesh, Case> expired = (mesh, agreement) -> mesh.at("2027-04-01T00:00:00Z");
        return Stream.of(
                Arguments.of(Phase.Invalid, retired),
                Arguments.of(Phase.Active, teamGone),
                Arguments.of(Phase.Suspended, suspended),
                Arguments.of(Phase.Cancelled, cancelled),
                Arguments.of(Phase.Expired, expired));
    }

    @ParameterizedTest
    @MethodSource("states")
    void isTakenInWhateverPhase(Phase phase, BiConsumer<Mesh, Case> event) {
        Case agreement = approved();
        event.accept(mesh, agreement);
        assertThat(agreement.settle().phase()).isEqualTo(phase);

        agreement.decided("revoked", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.granted()).isEmpty();
    }
}
