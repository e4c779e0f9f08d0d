package dev.portcullis.engine.cases;

/** What becomes of a request; in the words of cases. */
public enum Outcome {
    /** By a rule, or by the decisions of the case. */
    approved,
    rejected,
    /** It waits for people. */
    requested,
    /** Nothing can be decided: something is missing, or a Mandatory policy has no answer. */
    invalid,
    /** Nobody answered in time, or its last day has passed. */
    expired
}
