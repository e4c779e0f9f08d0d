package dev.portcullis.platform.postgresql.way;

/**
 * A membership that somebody else granted, with at least one of its options. Below 16 a member may always become the role, and whether it inherits is an attribute
 * of the member's.
 *
 * @param member who has it, by OID
 * @param role what it has
 * @param grantor who granted it
 * @param inherit has the role's privileges at once
 * @param set may become the role
 * @param admin may grant the role, to itself too
 */
public record Edge(long member, long role, String grantor, boolean inherit, boolean set, boolean admin) {
    boolean leadsAnywhere() {
        return inherit || set || admin;
    }
}
