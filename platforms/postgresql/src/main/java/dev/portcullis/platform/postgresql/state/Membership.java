package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.Dialect;

/**
 * A membership. Since 16 there may be several of one member in one role, one per grantor, and each is revoked by its own grantor; below there is one.
 *
 * @param role the role that is shared
 * @param member who has it
 * @param grantor who gave it
 * @param reach whether the operator can take it back
 * @param admin ADMIN option: may give it to others
 * @param inherit INHERIT option: has its privileges at once; below 16, what the member is like
 * @param set SET option: may become it; below 16, everybody may
 */
public record Membership(
        String role, String member, String grantor, Reach reach, boolean admin, boolean inherit, boolean set) {
    /** Whether the options are those we grant with. */
    public boolean asGranted(Dialect dialect) {
        return inherit && !admin && !(set && dialect.hasMembershipsPerGrantor());
    }
}
