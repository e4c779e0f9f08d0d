package dev.portcullis.platform.postgresql.state;

/**
 * A membership. Since 16 there may be several of one member in one role, one per grantor, and each is revoked by its own grantor.
 *
 * @param role the role that is shared
 * @param member who has it
 * @param grantor who gave it
 * @param revocable whether the operator may take it back
 * @param admin ADMIN option: may give it to others
 * @param inherit INHERIT option: has its privileges at once
 * @param set SET option: may become it
 */
public record Membership(
        String role, String member, String grantor, boolean revocable, boolean admin, boolean inherit, boolean set) {
    /** Whether the options are those we grant with. */
    public boolean asGranted() {
        return inherit && !admin && !set;
    }
}
