package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.engine.facts.Problem;

/** What a Decision comes to when it is heard. */
public sealed interface Hearing {
    /** It is taken. */
    record Counts(DecisionRecord decision) implements Hearing {}

    /** Nothing can be said yet. */
    record Waits(Problem why) implements Hearing {}

    /** It is not taken, and never will be. */
    record Fails(Problem why) implements Hearing {}
}
