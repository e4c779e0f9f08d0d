package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void whatComesAtOnceIsTakenOnceAndTheLastOfItHolds() {
        Case agreement = approved();
        List<DecisionDraft> drafts = new ArrayList<>();
        for (int i = 0; i < MANY / 2; i++) {
            drafts.add(files("pause-" + i, Verdict.suspended, People.OLGA));
            drafts.add(files("on-" + i, Verdict.resumed, People.OLGA));
        }

        agreement.settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(drafts).extracting(DecisionDraft::outcome).containsOnly("Taken/Taken");
        assertThat(agreement.approval().decisions()).hasSizeLessThanOrEqualTo(Records.MOST);
        assertThat(agreement.lastDecision().object().name()).isEqualTo("on-49");
    }

    /** Between the status of the agreement and those of the Decisions. */
    @Test
    void aCrashBeforeTheDecisionsAreToldMakesNoneCountTwice() {
        Case agreement = approved();
        for (int i = 0; i < MANY / 2; i++) {
            files("pause-" + i, Verdict.suspended, People.OLGA);
            files("on-" + i, Verdict.resumed, People.OLGA);
        }
        mesh.bind(agreement);
        for (int look = 0; look < 5; look++) {
            agreement.look();
        }
        assertThat(agreement.approval().decisions()).hasSize(Records.MOST);
        List<String> names = agreement.approval().decisions().stream()
                .skip(1)
                .map(decision -> decision.object().name())
                .toList();
        assertThat(names).startsWith("pause-0", "on-0", "pause-1").doesNotHaveDuplicates();

        files("stop", Verdict.revoked, People.OLGA);
        mesh.bind(agreement);
        assertThat(agreement.look().phase()).as("always has room").isEqualTo(Phase.Revoked);
    }

    @Test
    void whatIsOnRecordIsNotTakenOnceMoreBeforeItsDecisionSaysSo() {
        Case agreement = approved();
        files("pause", Verdict.suspended, People.OLGA);
        mesh.bind(agreement);

        agreement.look().look();

        assertThat(agreement.decisions()).containsExactly("approved by " + People.OLGA, "suspended by " + People.OLGA);
    }
}
