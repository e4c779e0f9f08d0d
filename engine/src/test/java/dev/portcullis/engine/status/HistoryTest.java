package dev.portcullis.engine.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last transitions of the phase: when, into which, by whom, why. */
class HistoryTest {
    private final Mesh mesh = Mesh.standard();

    @Test
    void tellsTheLifeOfAnAgreement() {
        mesh.port().lifecycle(Lifecycle.Proposed);
        Case agreement = mesh.request().from("2026-12-01").until("2026-12-31").settle();
        mesh.later(Duration.ofHours(1)).port().lifecycle(Lifecycle.Active);
        agreement.settle();
        mesh.later(Duration.ofHours(1));
        agreement.decided("approved", People.OLGA).settle();
        mesh.at("2026-12-01T00:00:00Z");
        agreement.look();
        mesh.later(Duration.ofSeconds(1));
        agreement.settle();
        mesh.later(Duration.ofHours(1)).port().suspend(true);
        agreement.settle();
        mesh.at("2027-01-01T00:00:00Z");
        agreement.settle();
        agreement.decided("revoked", People.OTTO).because("breach").settle();

        assertThat(agreement.status().history())
                .extracting(Transition::at, Transition::phase, Transition::by)
                .containsExactly(
                        tuple("2026-11-22T12:00:00Z", Phase.Invalid, null),
                        tuple("2026-11-22T13:00:00Z", Phase.Requested, People.TAYLOR),
                        tuple("2026-11-22T14:00:00Z", Phase.Upcoming, People.OLGA),
                        tuple("2026-12-01T00:00:00Z", Phase.Provisioning, null),
                        tuple("2026-12-01T00:00:01Z", Phase.Active, null),
                        tuple("2026-12-01T01:00:01Z", Phase.Suspended, null),
                        tuple("2027-01-01T00:00:00Z", Phase.Expired, null),
                        tuple("2027-01-01T00:00:00Z", Phase.Revoked, People.OTTO));
        assertThat(agreement.status().history().get(7).reason()).contains("breach", People.OTTO);
    }

    @Test
    void namesTheRuleThatDecided() {
        mesh.port().autoApprove(true);
        Case agreement = mesh.request().settle();
        mesh.withoutPort();
        agreement.settle();

        assertThat(agreement.status().history())
                .extracting(Transition::by)
                .containsExactly("rule/auto-approve", null, "rule/port-deleted");
    }

    @Test
    void keepsTheLastTwenty() {
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        for (int i = 0; i < 15; i++) {
            mesh.later(Duration.ofMinutes(1)).port().suspend(true);
            agreement.settle();
            mesh.later(Duration.ofMinutes(1)).port().suspend(false);
            agreement.settle();
        }

        List<Transition> history = agreement.status().history();

        assertThat(history)
                .hasSize(20)
                .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        assertThat(history.get(19).at()).isEqualTo("2026-11-22T12:30:00Z");
        assertThat(history.get(19).phase()).isEqualTo(Phase.Active);
        assertThat(agreement.phases().subList(17, 20))
                .containsExactly(Phase.Suspended, Phase.Provisioning, Phase.Active);
    }

    @Test
    void anotherReasonForTheSamePhaseIsNoTransition() {
        mesh.withoutPort();
        Case request = mesh.request().look();
        mesh.port().tables("orders");
        mesh.withoutProduct();

        assertThat(request.look().ready()).isEqualTo("False/ProductNotFound");
        assertThat(request.phases()).containsExactly(Phase.Invalid);
    }
}
