package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many Decisions are open, one that takes the access away is heard at the next look. */
class RevocationIsHeardTest {
    private static final String PAT = "pat@example.com";
    private static final int MANY = 70;

    private final Mesh mesh = Mesh.standard();
    private final Case agreement =
            mesh.request().settle().decided("approved", People.OLGA).settle();

    private void many(Verdict verdict) {
        for (int i = 0; i < MANY; i++) {
            mesh.decision("a" + i).says(verdict, PAT).asReviewer();
        }
        agreement.settle();
        mesh.later(Duration.ofMinutes(1));
    }

    @Test
    void alsoBehindManyThatWaitForATeam() {
        mesh.withoutTeam("marketing");
        many(Verdict.recertified);
        assertThat(mesh.decision("a0").outcome()).isEqualTo("Waiting/TeamUnknown");

        mesh.decision("stop").says(Verdict.revoked, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.lastDecision().by()).isEqualTo(People.OLGA);
    }

    @Test
    void soIsASuspension() {
        mesh.withoutTeam("marketing");
        many(Verdict.recertified);

        mesh.decision("pause").says(Verdict.suspended, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
    }

    @Test
    void alsoBehindManyRevocationsThatDoNotCount() {
        mesh.guard(new Guard.Broken("gone"));
        many(Verdict.revoked);
        mesh.guard(new Guard.Whole(mesh.now()));
        agreement.settle();
        mesh.later(Duration.ofMinutes(1));
        assertThat(mesh.decision("a0").outcome()).isEqualTo("Refused/DecisionsUnguarded");

        mesh.decision("stop").says(Verdict.revoked, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void whatWasFiledAfterItIsNotTaken() {
        mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        mesh.later(Duration.ofMinutes(1));
        mesh.decision("stop").says(Verdict.revoked, People.OLGA);
        mesh.later(Duration.ofMinutes(1));
        mesh.decision("play").says(Verdict.resumed, People.OTTO);

        agreement.settle();

        assertThat(agreement.decisions())
                .containsExactly(
                        "approved by " + People.OLGA, "suspended by " + People.OLGA, "revoked by " + People.OLGA);
        assertThat(mesh.decision("play").outcome()).isEqualTo("Refused/Ended");
    }
}
