package dev.portcullis.engine.decision;

import dev.portcullis.engine.facts.Problem;
import java.util.Optional;

/** The decision in the annotations, which is not taken; it may be written once more. */
public sealed interface NotTaken {
    WrittenDecision decision();

    /** It is refused now. */
    record Anew(WrittenDecision decision, Problem why) implements NotTaken {}

    /**
     * It was refused before and has not changed since.
     *
     * @param why what is wrong with it today; empty where that is over, and it is not taken all the same
     */
    record Still(WrittenDecision decision, Optional<Problem> why) implements NotTaken {}

    /** @param refusedBefore the name of what was refused last */
    static NotTaken of(WrittenDecision decision, Optional<Problem> why, String refusedBefore) {
        return decision.name().equals(refusedBefore) ? new Still(decision, why) : new Anew(decision, why.orElseThrow());
    }
}
