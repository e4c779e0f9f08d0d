package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times of the API server have whole seconds. */
class GuardedSinceTest {
    private final Mesh mesh = Mesh.standard();

    @Test
    void whatWasFiledInTheSecondTheGuardCameBackMayHaveBeenThereBefore() {
        Case agreement = mesh.request().settle();
        mesh.guard(new Guard.Whole(mesh.now()));
        DecisionDraft planted = mesh.decision("planted").says(Verdict.approved, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(planted.outcome()).isEqualTo("Refused/DecisionsUnguarded");

        mesh.later(Duration.ofSeconds(1));
        mesh.decision("anew").says(Verdict.approved, People.OLGA);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }
}
