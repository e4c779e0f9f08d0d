package dev.portcullis.engine.decision;

import dev.portcullis.engine.facts.Problem;
import java.util.Map;

/** The metadata of a written decision: a JSON object that belongs to another system. */
sealed interface DecisionMetadata {
    /** There is none. */
    record Absent() implements DecisionMetadata {}

    /** An object that the status can hold as it is. */
    record Given(Map<String, Object> object) implements DecisionMetadata {}

    /** Something else, and what to do about it. */
    record Unfit(Problem why) implements DecisionMetadata {}
}
