package dev.portcullis.platform.postgresql.state;

import dev.portcullis.api.platform.Drift.Unmanaged;

/** What the operator can do about a membership. */
public enum Reach {
    /** It gave it, or has the privileges of who did. */
    OURS,
    /** Somebody else gave it, and the operator can end it all the same: below 16 whoever has CREATEROLE can. */
    OTHERS,
    /** Only who gave it, or a superuser, can end it. */
    FOREIGN;

    /** Whether the operator ends it where nobody wants it. */
    public boolean ends(Unmanaged unmanaged) {
        return this == OURS || (this == OTHERS && unmanaged == Unmanaged.Remove);
    }
}
