package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What may be taken from a role of ours, and words for what may not. */
final class Removals {
    private final Unmanaged unmanaged;
    private final Dialect dialect;
    private final LeftRoles left;
    private final Actors actors;
    private final Draft draft;

    Removals(Unmanaged unmanaged, Dialect dialect, LeftRoles left, Actors actors, Draft draft) {
        this.unmanaged = unmanaged;
        this.dialect = dialect;
        this.left = left;
        this.actors = actors;
        this.draft = draft;
    }

    /** Whether it goes where nobody wants it. */
    boolean ends(Membership membership) {
        return membership.reach().ends(unmanaged);
    }

    void end(ObservedRole role, Membership member) {
        draft.add(new RevokeMembership(
                role.name(), role.mark(), member.member(), member.grantor(), left.noted(role), dialect));
    }

    /** Takes everybody else out, as far as that may be. */
    void endAllBut(ObservedRole role, Set<String> members) {
        left.noteWhoLeftBefore(role);
        role.members().stream().filter(member -> goes(member, members)).forEach(member -> end(role, member));
    }

    /** Whether another role must take its place, since somebody is not among its members any more. */
    boolean isLeft(ObservedRole role, Set<String> members) {
        return left.isLeft(role, member -> goes(member, members));
    }

    private boolean goes(Membership member, Set<String> members) {
        return ends(member) && !members.contains(member.member());
    }

    /** Takes the role out of others, whose privileges its members would have too. */
    void leaveOthers(ObservedRole role) {
        role.memberOf().stream()
                .filter(this::ends)
                .forEach(of -> draft.add(new LeaveRole(role.name(), role.mark(), of.role(), of.grantor(), dialect)));
    }

    void revoke(ObservedRole role, Collection<Privilege> privileges) {
        Privilege.merged(privileges)
                .forEach(privilege -> draft.add(new RevokePrivilege(
                        role.name(), role.mark(), privilege, actors.on(privilege.object(), role.mark()))));
    }

    /** Says what others granted, by the name the role has by then. */
    void leaveForeign(ObservedRole role, String name) {
        Leftovers.foreign(role, name, unmanaged, dialect).forEach(draft::leave);
    }

    /** Whether others made members of it, or it a member of others, whom we cannot or shall not take out. */
    boolean hasOthers(ObservedRole role) {
        return role.members().stream().anyMatch(member -> !ends(member))
                || role.memberOf().stream().anyMatch(of -> !ends(of));
    }

    /** What we granted it. */
    static List<Privilege> ownPrivileges(ObservedRole role) {
        return role.privileges().stream()
                .filter(HeldPrivilege::revocable)
                .map(HeldPrivilege::privilege)
                .distinct()
                .toList();
    }

    /** Whether something keeps it from being dropped, whatever we do. */
    static boolean isAnchored(ObservedRole role) {
        return !role.dependencies().isEmpty() || role.privileges().stream().anyMatch(held -> !held.revocable());
    }
}
