package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Literal;
import dev.portcullis.platform.postgresql.sql.Privilege;
import java.util.List;
import java.util.Optional;

/** One step on a server. What {@link #statements} says is what is executed, or with others what does the same ({@link Bundle}). */
public sealed interface PostgresqlChange extends Change
        permits AdoptRole,
                CreateRole,
                SetRoleAttributes,
                DropRole,
                RebuildRole,
                GrantPrivilege,
                RevokePrivilege,
                GrantMembership,
                ResetMembership,
                RevokeMembership,
                LeaveRole,
                MarkLeft,
                CreateViewOwner,
                RetireViewOwner,
                PutView,
                RevokeOnView,
                DropView,
                EndSessions {
    /** The role of ours that is changed, by its name before the change. */
    String role();

    /** Its mark. */
    Mark mark();

    /** The SQL, in one transaction. */
    List<String> statements();

    /** The database to be connected to; empty: any. */
    default Optional<String> database() {
        return Optional.empty();
    }

    /** Whether members must not be added when this step fails: they would have less than they were promised. */
    default boolean prerequisite() {
        return false;
    }

    /** Whether there is a role of ours by this name only once this is done: until then it may be anybody's, who made it in the meantime. */
    default boolean makesItOurs() {
        return false;
    }

    /** What is executed apart from the rest, since others can keep it waiting. */
    enum Lane {
        /** Who has a role; touches no object, so that no lock on a table delays a revoke. */
        MEMBERSHIPS,
        /** Roles and what they may. */
        OBJECTS,
        /** Logins' connections: ended once the access they had is gone for certain. */
        SESSIONS,
        /** Waits for everybody who has just granted something to the role and not committed, or reads a view: any login can. */
        DROPS
    }

    default Lane lane() {
        if (this instanceof DropRole || this instanceof DropView) {
            return Lane.DROPS;
        }
        if (this instanceof EndSessions) {
            return Lane.SESSIONS;
        }
        return this instanceof GrantMembership
                        || this instanceof ResetMembership
                        || this instanceof RevokeMembership
                        || this instanceof LeaveRole
                        || this instanceof MarkLeft
                ? Lane.MEMBERSHIPS
                : Lane.OBJECTS;
    }

    @Override
    default String portUid() {
        return mark().port().uid();
    }

    @Override
    default Optional<Principal> principal() {
        return Optional.empty();
    }

    @Override
    default String describe() {
        return String.join(";\n", statements()) + ";";
    }

    /** Creates a role with its mark: never one without. */
    static List<String> creation(String role, Mark mark) {
        return List.of("CREATE ROLE " + quote(role) + " NOLOGIN", comment(role, mark));
    }

    /** Marks a role. */
    static String comment(String role, Mark mark) {
        return "COMMENT ON ROLE " + quote(role) + " IS " + Literal.quote(mark.text());
    }

    /** Statements that take privileges from a role. */
    static List<String> revocation(String role, List<Privilege> privileges) {
        return privileges.stream().map(privilege -> privilege.revokeFrom(role)).toList();
    }
}
