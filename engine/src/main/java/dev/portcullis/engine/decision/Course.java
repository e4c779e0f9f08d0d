package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DecisionRecord;
import java.util.Optional;

/** How a valid request comes to its decision. */
sealed interface Course {
    /** By rule. */
    record Decided(Ruling.Taken ruling) implements Course {}

    /**
     * By people.
     *
     * @param otherwise the approval by rule on top of which they are asked; it goes on record with theirs
     */
    record Asks(Needs needs, Optional<DecisionRecord> otherwise) implements Course {}
}
