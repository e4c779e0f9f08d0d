package dev.portcullis.api.port;

/** Who decides when no rule does. */
public enum Workflow {
    /** A person with the verb approve. */
    Manual,
    /** Another system; a decision is only recorded, with the verb decide. */
    External
}
