package dev.portcullis.engine.decision;

import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.facts.Problem;

/** What becomes of a Decision. */
public sealed interface Fate {
    /** What was said of it stands. */
    record Stands() implements Fate {}

    /** It is about an agreement, for good: that is written down before it can count. */
    record Bind(String agreementUid) implements Fate {}

    /** It is on record in the status of the agreement. */
    record Taken(String agreementUid, String at) implements Fate {}

    /** It is not, and this is why. */
    record Open(Outcome outcome, Problem why) implements Fate {
        static Open waits(Problem why) {
            return new Open(Outcome.Waiting, why);
        }

        static Open refused(Problem why) {
            return new Open(Outcome.Refused, why);
        }
    }
}
