package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import org.junit.jupiter.api.Test;

/** Who writes down what another decided, with the verb decide. */
class RecorderTest {
    private final Mesh mesh = Mesh.standard();

    private DecisionDraft recorded(String by) {
        return mesh.decision("recorded").says(Verdict.approved, People.OLGA).recordedBy(by);
    }

    @Test
    void whoRequestedDoesNotWriteDownThatAnotherApproved() {
        Case agreement = mesh.request().requestedBy(People.BOT).settle();
        DecisionDraft own = recorded(People.BOT);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(own.outcome()).isEqualTo("Refused/SelfDecision");
        assertThat(own.message()).contains(People.BOT + ", who wrote it down");
    }

    @Test
    void norDoesWhoGetsTheAccessUnderAnotherSpelling() {
        Case agreement = mesh.request().requestedBy(People.QUINN).settle();
        DecisionDraft own = recorded("Taylor@Example.com");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(own.outcome()).isEqualTo("Refused/SelfDecision");
    }

    @Test
    void theyMayTakeItAway() {
        Case agreement =
                mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.decision("stop").says(Verdict.revoked, People.OLGA).recordedBy(People.TAYLOR);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }
}
