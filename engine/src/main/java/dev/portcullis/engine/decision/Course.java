package dev.portcullis.engine.decision;

/** How a valid request comes to its decision. */
sealed interface Course {
    /** By rule. */
    record Decided(Ruling.Taken ruling) implements Course {}

    /** By people. */
    record Asks(Needs needs) implements Course {}
}
