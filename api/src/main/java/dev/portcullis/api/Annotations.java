package dev.portcullis.api;

/** Annotations that people and external systems write; admission guards who may write which. */
public final class Annotations {
    /** What all of ours begin with. */
    public static final String PREFIX = PortcullisApi.GROUP + "/";

    /** On an agreement: who asked for it. Never changes. */
    public static final String REQUESTED_BY = PREFIX + "requested-by";

    /** On an agreement: the authenticated user, where that is not the requester. Never changes. */
    public static final String WRITTEN_BY = PREFIX + "written-by";

    /** On an agreement: {@code approved}, {@code rejected} or {@code revoked}. */
    public static final String DECISION = PREFIX + "decision";

    /** On an agreement: who decided. */
    public static final String DECIDED_BY = PREFIX + "decided-by";

    /** On an agreement: the authenticated user who wrote the decision down. */
    public static final String RECORDED_BY = PREFIX + "recorded-by";

    /** On an agreement: why it was decided so. */
    public static final String DECISION_REASON = PREFIX + "decision-reason";

    /** On an agreement: where the decision is discussed (a ticket, a pull request); may come before the decision. */
    public static final String DECISION_LINK = PREFIX + "decision-link";

    /** On an agreement: a JSON object that belongs to the decision. */
    public static final String DECISION_METADATA = PREFIX + "decision-metadata";

    /**
     * On an agreement: why its finalizer goes without a look at the platform, which is gone for good. Needs the verb {@code release}. Should the platform
     * answer after all, what the agreement alone explained is taken away like everything that nobody wants.
     */
    public static final String ORPHAN = PREFIX + "orphan";

    /** On an agreement that came back from a backup: its UID before, whose Decisions count again. Needs the verb {@code release}. */
    public static final String RESTORED_UID = PREFIX + "restored-uid";

    /**
     * On a Decision: the UID of the agreement it is about, and after it, behind commas, those of what backups brought back of that. Written by the operator, so that
     * a backup has it, too.
     */
    public static final String AGREEMENT_UID = PREFIX + "agreement-uid";

    /** On an output port: {@code "true"} lets it be deleted although active agreements use it; all of them are revoked. */
    public static final String ALLOW_DELETE = PREFIX + "allow-delete";

    /** On a data platform: the code that condition RemovalHeld shows, to have done what it holds back. */
    public static final String CONFIRM_REMOVAL = PREFIX + "confirm-removal";

    private Annotations() {}
}
