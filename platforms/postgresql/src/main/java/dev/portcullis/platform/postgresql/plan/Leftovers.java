package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Plan.Leftover;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.change.RevokeOnView;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Literal;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.OccupiedName;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words for what we cannot or will not remove, with the SQL for the person who can. */
final class Leftovers {
    private Leftovers() {}

    /** All that others granted, by the name the role has by then. */
    static List<Leftover> foreign(ObservedRole role, String name, Unmanaged unmanaged, Dialect dialect) {
        List<Leftover> leftovers = anchors(role, name);
        leftovers.addAll(memberships(role, name, unmanaged, dialect));
        return leftovers;
    }

    /** Memberships in the role, and of the role, that others granted. */
    private static List<Leftover> memberships(ObservedRole role, String name, Unmanaged unmanaged, Dialect dialect) {
        List<Leftover> leftovers = new ArrayList<>();
        for (Membership member : role.members()) {
            if (!member.reach().ends(unmanaged)) {
                leftovers.add(foreignGrant(
                        role,
                        quote(member.member()) + " is a member of " + quote(name)
                                + revoke(dialect, name, member.member(), member.grantor())));
            }
        }
        for (Membership of : role.memberOf()) {
            if (!of.reach().ends(unmanaged)) {
                leftovers.add(foreignGrant(
                        role,
                        quote(name) + " is a member of " + quote(of.role()) + ", whose privileges its members have too,"
                                + revoke(dialect, of.role(), name, of.grantor())));
            }
        }
        return leftovers;
    }

    /** Privileges that others granted, and other things that keep the role from being dropped. */
    private static List<Leftover> anchors(ObservedRole role, String name) {
        List<Leftover> leftovers = new ArrayList<>();
        for (HeldPrivilege held : role.privileges()) {
            if (!held.revocable()) {
                SqlObject object = held.privilege().object();
                leftovers.add(foreignGrant(
                        role,
                        quote(name) + " has " + held.privilege().describe() + " by a grant of " + quote(held.grantor())
                                + "; to take it back, run as a superuser"
                                + object.database()
                                        .map(database -> " in database " + quote(database))
                                        .orElse("")
                                + ": SET ROLE " + quote(held.grantor()) + "; "
                                + held.privilege().revokeFrom(name) + "; RESET ROLE;"));
            }
        }
        for (Dependency dependency : role.dependencies()) {
            leftovers.add(foreignGrant(role, quote(name) + " " + words(dependency, quote(name))));
        }
        return leftovers;
    }

    private static String words(Dependency dependency, String name) {
        String object = dependency.object();
        String asSuperuser = "; run as a superuser"
                + dependency.database().map(in -> " in database " + quote(in)).orElse("") + ": ";
        return switch (dependency.kind()) {
            case OWNS, OWNS_LARGE_OBJECT ->
                "owns " + object + asSuperuser + "REASSIGN OWNED BY " + name + " TO <its new owner>;";
            case BELONGS ->
                // the second statement would drop what the first one saves
                "has " + object + asSuperuser + "REASSIGN OWNED BY " + name + " TO <its new owner>; DROP OWNED BY "
                        + name + ";";
            case POLICY -> "is named by " + object + ": alter or drop the policy";
            case DEFAULT_PRIVILEGES -> "gets default privileges" + asSuperuser + revokeDefaults(object, name);
            case PASSED_ON ->
                "gave others what it has on " + object + asSuperuser + "SET ROLE " + name
                        + "; revoke it from them; RESET ROLE;";
            case UNREADABLE ->
                "has privileges in database "
                        + dependency.database().map(db -> quote(db)).orElse("")
                        + ", which the operator cannot connect to: " + object;
        };
    }

    /** The server says "for role x in schema y on tables"; what is revoked stands before "on". */
    private static String revokeDefaults(String which, String name) {
        int on = which.lastIndexOf(" on ");
        return "ALTER DEFAULT PRIVILEGES " + which.substring(0, Math.max(on, 0)) + " REVOKE ALL"
                + which.substring(Math.max(on, 0)) + " FROM " + name + ";";
    }

    /** Somebody goes on making things as a port's roles, or granting on their own to them: each time a role stays behind. */
    static Leftover retired(PortId port, long many) {
        return new Leftover(
                port.uid(),
                Reason.ForeignGrant,
                "port " + port.namespace() + "/" + port.name() + " has left " + many
                        + " roles behind, since somebody again and again makes views or functions as its role, or grants on their own things to it: find out who by the owners and grantors that are named here, end the agreement "
                        + "that lets them, take CREATE on schemas from PUBLIC, and run what is said of each role");
    }

    /** Somebody gave the role an attribute we cannot take. */
    static Leftover attributes(ObservedRole role) {
        return foreignGrant(
                role,
                quote(role.name()) + " was given attributes it must not have; run as a superuser: ALTER ROLE "
                        + quote(role.name()) + " NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS;");
    }

    /** The role has our mark, but we have no power over it. */
    static Problem notAdministered(ObservedRole role, OperatorRole operator) {
        String cure = role.attributes().superuser()
                ? "somebody made " + quote(role.name())
                        + " a superuser, so that only a superuser can change it; run as one: " + "ALTER ROLE "
                        + quote(role.name()) + " NOSUPERUSER;"
                : "the operator has no ADMIN option on " + quote(role.name()) + "; run as a superuser: GRANT "
                        + quote(role.name()) + " TO " + quote(operator.name())
                        + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;";
        return new Problem(Reason.NotApplied, cure);
    }

    /** Whoever may pass a role on has what it has, or lets others have it. */
    static Problem notOursAlone(ObservedRole role, Dialect dialect) {
        return new Problem(
                Reason.NotApplied,
                "nothing more is granted to " + quote(role.name()) + ", as others can make anybody a member of it: "
                        + role.members().stream()
                                .filter(Membership::admin)
                                .map(admin -> quote(admin.member())
                                        + revoke(dialect, role.name(), admin.member(), admin.grantor()))
                                .collect(Collectors.joining(" ")));
    }

    /**
     * A role that we seem to have made lost its mark: it may hold access that nobody sees any more. With a mark of ours it is seen again,
     * and removed or used; a superuser's DROP OWNED would not take back what we granted, as it acts as the owner.
     */
    static Leftover unmarked(OccupiedName role, Mark mark) {
        return new Leftover(
                mark.port().uid(),
                Reason.NotApplied,
                "role " + quote(role.name())
                        + " looks like one the operator made, but its comment does not say so, and it is "
                        + "left alone with the members it has; to give it back to the operator, run as a superuser: COMMENT ON ROLE "
                        + quote(role.name()) + " IS " + Literal.quote(mark.text()) + ";");
    }

    /**
     * Somebody left it who may have let another login become it, and no other role can take its place for now: what others granted on it would be lost, its objects
     * cannot be reached, or somebody holds a lock on them. */
    static Leftover left(ObservedRole role, Mark mark) {
        return new Leftover(
                role.mark().port().uid(),
                Reason.SessionsMayRemain,
                "whoever was taken out of " + quote(role.name())
                        + " may have let another login become it, as every login can below PostgreSQL 15, and such a session goes on reading until it ends; another role "
                        + "takes its place once everything else that is said of it here, or of its database, is mended; to end all sessions and have it not said any more, run as a superuser: "
                        + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'; COMMENT ON ROLE "
                        + quote(role.name()) + " IS "
                        + Literal.quote(mark.asCurrent().text()) + ";");
    }

    /** Somebody else may read a view of ours. */
    static Leftover onView(Mark mark, SqlObject.Table view, String grantee) {
        return new Leftover(
                mark.port().uid(),
                Reason.ForeignGrant,
                (grantee.isEmpty() ? "everybody" : quote(grantee)) + " was granted something on " + view.describe()
                        + ", which serves a row filter; to take it back, run as a superuser: "
                        + RevokeOnView.statement(view, grantee) + ";");
    }

    static Leftover of(ObservedRole role, Problem problem) {
        return new Leftover(role.mark().port().uid(), problem.reason(), problem.message());
    }

    private static Leftover foreignGrant(ObservedRole role, String message) {
        return new Leftover(role.mark().port().uid(), Reason.ForeignGrant, message);
    }

    private static String revoke(Dialect dialect, String role, String member, String grantor) {
        return " by a grant of " + quote(grantor) + "; to end it, run as "
                + (dialect.hasMembershipsPerGrantor() ? quote(grantor) + " or as a superuser: " : "a superuser: ")
                + dialect.end(role, member, grantor) + ";";
    }
}
