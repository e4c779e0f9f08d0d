package dev.portcullis.platform;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import java.util.Optional;

/** The pure part of a platform: no I/O, no clock, the same answer for the same arguments. */
public interface PlatformModule {
    /** Whether this module serves the platform: its block is there. */
    boolean serves(DataPlatformSpec platform);

    /** Where the operator's login to the platform is; empty: it needs none. */
    Optional<LoginSecrets> secrets(DataPlatformSpec platform);

    /** The objects a port offers. */
    Parsed parse(OutputPortSpec port);

    /** The objects frozen in an agreement's status; empty where they are of another kind of platform. */
    Optional<Profile> fromSnapshot(SnapshotObjects objects);

    /**
     * What is both in the snapshot and still offered: a table or column taken off the port is gone for all at once, one added is not given to
     * earlier agreements. Empty where nothing is left.
     */
    Optional<Profile> intersect(Profile snapshot, Profile offered);

    /** Whether the platform lets ports of this namespace offer the objects; if not, a sentence naming what is not exposed. */
    Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile);

    /** What holds a port's profile on the platform, in the platform's own words (a role's name), for people who look there. */
    String reference(Owner owner, PortId port, Profile profile);

    /** The changes that make what was observed what is wanted, inside the scope that was observed. */
    Plan plan(Wanted wanted, Observed observed);
}
