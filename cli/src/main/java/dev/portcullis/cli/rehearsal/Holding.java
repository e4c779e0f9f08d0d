package dev.portcullis.cli.rehearsal;

/**
 * Somebody holds a verb on output ports.
 *
 * @param namespace of the ports; empty: every one
 * @param port its name; empty: each of them
 * @param who a user, a group or a service account, for people
 */
public record Holding(String verb, String namespace, String port, String who) {
    /** Whether this one gives all that the other gives. */
    public boolean covers(Holding other) {
        return verb.equals(other.verb)
                && who.equals(other.who)
                && (namespace.isEmpty() || namespace.equals(other.namespace))
                && (port.isEmpty() || port.equals(other.port));
    }
}
