package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.given.Mesh;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecisionStatusFactoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Fate.Open WAITS = Fate.Open.waits(Problem.healing("NotApproved", "it waits"));

    private static Decision about(String uids) {
        return Mesh.standard()
                .decision("olga")
                .annotated(Annotations.AGREEMENT_UID, uids)
                .build();
    }

    @Test
    void saysSinceWhenItIsSo() {
        Decision decision = about("a,b");
        DecisionStatus first = DecisionStatusFactory.of(decision, WAITS, NOW);
        assertThat(first.agreementUid()).as("the latest").isEqualTo("b");
        assertThat(first.message()).isEqualTo("it waits");

        decision.setStatus(first);
        assertThat(DecisionStatusFactory.of(decision, WAITS, NOW.plusSeconds(60)))
                .as("a restart writes nothing")
                .isEqualTo(first);
        Fate.Open otherReason = Fate.Open.waits(Problem.healing("NotValidYet", "it waits"));
        Fate.Open otherOutcome = Fate.Open.refused(Problem.healing("NotApproved", "it waits"));
        for (Fate.Open other : new Fate.Open[] {otherReason, otherOutcome}) {
            assertThat(DecisionStatusFactory.of(decision, other, NOW.plusSeconds(60))
                            .at())
                    .isEqualTo("2026-11-22T12:01:00Z");
        }
    }

    @Test
    void ofWhatIsOnRecordSaysForWhichAndSinceWhen() {
        assertThat(DecisionStatusFactory.of(new Fate.Taken("b", "2026-11-22T12:00:00Z")))
                .isEqualTo(
                        new DecisionStatus("b", DecisionStatus.Outcome.Taken, "Taken", null, "2026-11-22T12:00:00Z"));
    }

    /** Whoever planted it before the guard was there must not have the operator write in vain for ever. */
    @Test
    void namesNoAgreementThatAStatusCannotHold() {
        assertThat(DecisionStatusFactory.of(about("x".repeat(64)), WAITS, NOW).agreementUid())
                .hasSize(64);
        assertThat(DecisionStatusFactory.of(about("x".repeat(65)), WAITS, NOW).agreementUid())
                .isNull();
    }
}
