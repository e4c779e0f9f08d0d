package dev.portcullis.platform;

import dev.portcullis.api.agreement.SnapshotObjects;

/** An exact set of objects on one kind of platform. Equal profiles are equal values; each module has its own implementation. */
public interface Profile {
    /** The profile as text: equal exactly for equal profiles, the same in every version of the program. */
    String canonical();

    /** The profile as it is frozen into an agreement's status. */
    SnapshotObjects toSnapshot();
}
