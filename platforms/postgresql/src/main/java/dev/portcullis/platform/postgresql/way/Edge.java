package dev.portcullis.platform.postgresql.way;

import java.util.Optional;

/**
 * A membership that somebody else granted, with at least one of its options. Below 16 a member may always become the role, and whether it inherits is an attribute
 * of the member's.
 *
 * @param member who has it, by OID
 * @param role what it has
 * @param grantor who granted it, as far as REVOKE has to name them: below 16 that is only a note, and may be gone
 * @param inherit has the role's privileges at once
 * @param set may become the role
 * @param admin may grant the role, to itself too
 */
public record Edge(long member, long role, Optional<String> grantor, boolean inherit, boolean set, boolean admin) {
    boolean leadsAnywhere() {
        return inherit || set || admin;
    }
}
