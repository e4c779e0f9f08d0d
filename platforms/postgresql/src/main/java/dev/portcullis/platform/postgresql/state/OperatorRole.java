package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.Dialect;

/**
 * Who the operator is on the server.
 *
 * @param name the role all statements run as
 * @param login the login the connection was made with; the same where no role is set
 * @param grantor who memberships count as granted by when this role grants them: itself, or for a superuser the first one
 * @param dialect how the server is spoken to
 * @param signals whether it may end the sessions of others that are no superusers
 */
public record OperatorRole(String name, String login, String grantor, Dialect dialect, boolean signals) {
    /** Whether this membership counts as given by it: below 16 the grantor is only a note, and whoever grants again changes it. */
    public boolean gave(Membership membership) {
        return !dialect.hasMembershipsPerGrantor() || membership.grantor().equals(grantor);
    }

    /** Whether it is one of the operator's own names. */
    public boolean is(String role) {
        return role.equals(name) || role.equals(login);
    }
}
