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

/** More Decisions than one look hears, and than a status holds. */
class ManyDecisionsTest {
    private static final int MANY = 100;

    private final Mesh mesh = Mesh.standard();

    private DecisionDraft files(String name, Verdict verdict, String by) {
        mesh.later(Duration.ofSeconds(1));
        return mesh.decision(name).says(verdict, by);
    }

    private Case approved() {
        return mesh.request().settle().decided("approved", People.OLGA).settle();
    }

    @Test
    void aRevocationIsHeardHoweverManyDecisionsWaitBeforeIt() {
        Case agreement = approved();
        mesh.withoutTeam("marketing");
        for (int i = 0; i < MANY; i++) {
            files("noise-" + i, Verdict.recertified, "pat@example.com").asReviewer();
        }
        agreement.settle();
        assertThat(mesh.decision("noise-0").outcome()).isEqualTo("Waiting/TeamUnknown");

        files("stop", Verdict.revoked, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void revocationsThatCountForNothingDoNotHideOneThatCounts() {
        for (int i = 0; i < MANY; i++) {
            files("planted-" + i, Verdict.revoked, People.RILEY);
        }
        mesh.later(Duration.ofHours(1));
        mesh.guard(new Guard.Whole(mesh.now()));
        Case agreement = approved();
        for (int i = 0; i < MANY; i++) {
            files("early-" + i, Verdict.revoked, People.RILEY).asReviewer();
        }
        agreement.settle();
        assertThat(mesh.decision("early-0").outcome()).isEqualTo("Refused/NotEntitled");

        files("stop", Verdict.revoked, People.OLGA);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
    }
}
