package dev.portcullis.api.agreement;

/** Where an agreement is in its life, in one word for people. */
public enum Phase {
    /** Not valid yet or any more; the condition Ready says what is missing. */
    Invalid,
    /** Waits for a decision. */
    Requested,
    /** Approved, its start not reached. */
    Upcoming,
    /** Approved and inside its dates, the access not granted yet. */
    Provisioning,
    /** The access is granted. */
    Active,
    /** Approved, and paused by somebody; comes back. */
    Suspended,
    /** Given up by the consumer. */
    Cancelled,
    /** Decided against. */
    Rejected,
    /** Approved once, and taken back. */
    Revoked,
    /** Past its end. */
    Expired;

    /** Whether it is over for good: nothing brings it back. */
    public boolean isOver() {
        return switch (this) {
            case Cancelled, Rejected, Revoked, Expired -> true;
            case Invalid, Requested, Upcoming, Provisioning, Active, Suspended -> false;
        };
    }
}
