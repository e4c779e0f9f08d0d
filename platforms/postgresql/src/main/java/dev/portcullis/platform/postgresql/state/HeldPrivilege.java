package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.Privilege;

/**
 * A privilege that a role of ours has.
 *
 * @param privilege what it may
 * @param grantor who gave it
 * @param revocable whether a REVOKE by the operator takes it back; of another grantor's it would only warn
 * @param grantable whether the role may pass it on, which ours never may
 */
public record HeldPrivilege(Privilege privilege, String grantor, boolean revocable, boolean grantable) {}
