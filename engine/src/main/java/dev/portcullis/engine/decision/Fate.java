package dev.portcullis.engine.decision;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.Shortened;

/** What becomes of a Decision. */
public sealed interface Fate {
    /** What was said of it stands. */
    record Stands() implements Fate {}

    /**
     * It is about an agreement, for good: that is written down before it can count.
     *
     * @param annotation as its annotation says it
     */
    record Bind(String annotation) implements Fate {}

    /** It is on record in the status of the agreement. */
    record Taken(String agreementUid, String at) implements Fate {}

    /** It is not, and this is why. */
    record Open(Outcome outcome, Problem why) implements Fate {
        /** What a status has no room for is never written, and what is not written is tried again for ever. */
        public Open {
            why = Problem.healing(why.reason(), Shortened.to(Bounds.TEXT, why.message()));
        }

        /** Another agreement, or none, has the name by now than the one that is seen, which would have settled it for good. */
        public static Open notSeen() {
            return waits(
                    Problem.healing(
                            "AgreementNotSeen",
                            "the operator has not seen yet which agreement has the name now; it is looked at again within seconds"));
        }

        static Open waits(Problem why) {
            return new Open(Outcome.Waiting, why);
        }

        static Open refused(Problem why) {
            return new Open(Outcome.Refused, why);
        }
    }
}
