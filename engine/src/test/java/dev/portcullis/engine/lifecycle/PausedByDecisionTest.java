package dev.portcullis.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The provider pauses one agreement by a Decision, and lets it go on by another. */
class PausedByDecisionTest {
    private final Mesh mesh = Mesh.standard();

    private Case active() {
        return mesh.request()
                .until("2027-03-31")
                .decided("approved", People.OLGA)
                .settle();
    }

    @Test
    void suspendedTakesTheAccessAndSaysWhoAndWhatToDo() {
        Case agreement = active().onRecord(Verdict.suspended, People.OTTO);

        assertThat(agreement.granted()).as("by what is on record").isEmpty();
        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.ready()).isEqualTo("False/SuspendedByDecision");
        assertThat(agreement.message("Ready"))
                .contains(People.OTTO, "a Decision resumed", "OutputPort orders-v1 in namespace checkout");
        assertThat(agreement.condition("Approved")).isEqualTo("True/Approved");
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement
                        .status()
                        .history()
                        .get(agreement.status().history().size() - 1)
                        .by())
                .isEqualTo(People.OTTO);
    }

    @Test
    void resumedBringsItBack() {
        Case agreement = active().onRecord(Verdict.suspended, People.OTTO)
                .settle()
                .onRecord(Verdict.resumed, People.OLGA)
                .settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.granted()).isNotEmpty();
    }

    @Test
    void theLastOfTheTwoCountsWhateverElseIsSaid() {
        Case agreement = active().onRecord(Verdict.resumed, People.OLGA)
                .onRecord(Verdict.suspended, People.OTTO)
                .onRecord(Verdict.suspended, People.OLGA)
                .onRecord(Verdict.recertified, People.OLGA)
                .settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.message("Ready")).contains(People.OLGA);

        assertThat(agreement.onRecord(Verdict.resumed, People.OTTO).settle().phase())
                .isEqualTo(Phase.Active);
    }

    @Test
    void theConsumerCannotEndAPauseOfTheProviders() {
        Case agreement =
                active().onRecord(Verdict.suspended, People.OTTO).suspend(true).settle();
        assertThat(agreement.ready()).isEqualTo("False/SuspendedByDecision");

        assertThat(agreement.suspend(false).settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.granted()).isEmpty();
    }

    @Test
    void whatTheConsumerPausedIsNotResumedByTheProvider() {
        Case agreement = active().suspend(true)
                .onRecord(Verdict.suspended, People.OTTO)
                .onRecord(Verdict.resumed, People.OTTO)
                .settle();

        assertThat(agreement.ready()).isEqualTo("False/SuspendedByConsumer");
        assertThat(agreement.granted()).isEmpty();
    }

    @Test
    void aPauseMovesNoEnd() {
        Case agreement = mesh.request()
                .lasting("P10D")
                .decided("approved", People.OLGA)
                .settle()
                .onRecord(Verdict.suspended, People.OTTO)
                .settle();
        mesh.later(Duration.ofDays(10));

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.onRecord(Verdict.resumed, People.OTTO).settle().phase())
                .isEqualTo(Phase.Expired);
    }

    @Test
    void revokedAndCancelledActWhileItIsPaused() {
        assertThat(active().onRecord(Verdict.suspended, People.OTTO)
                        .settle()
                        .decided("revoked", People.OLGA)
                        .settle()
                        .phase())
                .isEqualTo(Phase.Revoked);
        assertThat(active().onRecord(Verdict.suspended, People.OTTO)
                        .cancel()
                        .settle()
                        .phase())
                .isEqualTo(Phase.Cancelled);
    }
}
