package dev.portcullis.platform.postgresql.state;

/**
 * Who the operator is on the server.
 *
 * @param name the role all statements run as
 * @param login the login the connection was made with; the same where no role is set
 * @param grantor who memberships count as granted by when this role grants them: itself, or for a superuser the first one
 */
public record OperatorRole(String name, String login, String grantor) {
    /** Whether it is one of the operator's own names. */
    public boolean is(String role) {
        return role.equals(name) || role.equals(login);
    }
}
