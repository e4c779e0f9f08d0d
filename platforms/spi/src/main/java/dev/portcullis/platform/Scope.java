package dev.portcullis.platform;

import java.util.Set;

/** The part of a platform that is compared. */
public sealed interface Scope {
    /** Everything of the owner's, also what belongs to ports that are gone. */
    record Everything() implements Scope {}

    /** What belongs to these ports, by UID. */
    record Ports(Set<String> uids) implements Scope {
        public Ports {
            uids = Set.copyOf(uids);
        }
    }

    /** Whether the port is in the scope. */
    default boolean covers(String portUid) {
        return !(this instanceof Ports ports) || ports.uids().contains(portUid);
    }
}
