package dev.portcullis.api.decision;

/** The verb on the output port by which a decision was written, the least first. */
public enum Authority {
    /** A member of another team than the provider's, whose approval a policy asks for. */
    Review,
    /** Somebody who decides in the own name. */
    Approve,
    /** Somebody who records what was decided elsewhere. */
    Decide
}
