package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What to do about one role: create it, put it right, build it anew, or remove it. */
final class RolePlanner {
    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final ObjectJudge objects;
    private final Actors actors;
    private final Removals removals;
    private final Rebuilding rebuilding;
    private final Draft draft;
    private final Dialect dialect;

    RolePlanner(PostgresqlObserved seen, Wanted wanted, ObjectJudge objects, Draft draft) {
        this.seen = seen;
        this.unmanaged = wanted.unmanaged();
        this.objects = objects;
        this.draft = draft;
        this.dialect = seen.operator().dialect();
        this.actors = new Actors(seen);
        LeftRoles left = new LeftRoles(seen, wanted.sessions().past(), draft);
        this.removals = new Removals(unmanaged, dialect, left, actors, draft);
        this.rebuilding = new Rebuilding(seen, unmanaged, objects, removals, left, actors, draft);
    }

    void create(WantedRole wanted, SortedSet<String> members) {
        draft.add(new CreateRole(wanted.name(), wanted.mark()));
        grant(wanted, wanted.privileges());
        members.forEach(member -> draft.add(new GrantMembership(wanted.name(), wanted.mark(), member, dialect)));
    }

    /** Not where somebody stays in it by others' grant: who may pass it on or have it without us, would have a role in use. */
    boolean mayAdopt(ObservedRole role) {
        return unmanaged == Unmanaged.Remove || !removals.hasOthers(role);
    }

    /** The role as it is once it is ours; what was ours before stays as it is. */
    ObservedRole adopted(ObservedRole role, WantedRole wanted) {
        if (role.name().equals(wanted.name())) {
            return role;
        }
        Mark mark = role.mark().left() ? wanted.mark().asLeft() : wanted.mark();
        draft.add(new AdoptRole(wanted.name(), mark, role.name()));
        return Inheritance.as(role, wanted.name(), mark);
    }

    /** What our role granted goes in any case; the role too, unless something of others' keeps it. */
    void remove(ObservedRole role) {
        removals.leaveOthers(role);
        removals.revoke(role, Removals.ownPrivileges(role));
        if (!role.administered()) {
            draft.leave(Leftovers.of(role, Leftovers.notAdministered(role, seen.operator())));
            return;
        }
        removals.endAllBut(role, Set.of());
        boolean othersStay = unmanaged == Unmanaged.Report && removals.hasOthers(role);
        if (!Removals.isAnchored(role) && !othersStay) {
            boolean takesAccess = role.members().stream().anyMatch(member -> !removals.ends(member));
            draft.add(new DropRole(role.name(), role.mark(), takesAccess));
        } else {
            removals.leaveForeign(role, role.name());
        }
    }

    void reportRetired() {
        rebuilding.reportRetired();
    }

    /** Ends what may be ended now; the role, or another in its place, stays as it is for those who keep it. */
    void removeAllBut(ObservedRole role, Set<String> kept) {
        if (role.administered() && removals.isLeft(role, kept) && rebuilding.rebuildAsItIs(role, kept)) {
            return;
        }
        removals.leaveOthers(role);
        if (role.administered()) {
            removals.endAllBut(role, kept);
        }
        removals.leaveForeign(role, role.name());
    }

    /** Makes the role have exactly these members and exactly its profile's privileges. */
    void repair(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        if (!role.administered()) {
            Problem problem = Leftovers.notAdministered(role, seen.operator());
            draft.leave(Leftovers.of(role, problem));
            refuseNewMembers(role, wanted, members, problem);
            revokeExtra(role, wanted);
            return;
        }
        if (rebuilding.isDue(role, wanted, members)) {
            rebuilding.rebuild(role, wanted, members);
            return;
        }
        if (rebuilding.isForeign(role)) {
            removals.leaveForeign(role, role.name());
            if (role.attributes().hasUnalterable()) {
                draft.leave(Leftovers.attributes(role));
            }
        }
        if (role.attributes().login() || role.attributes().createRole()) {
            draft.add(new SetRoleAttributes(role.name(), role.mark()));
        }
        removals.leaveOthers(role);
        List<Privilege> missing = missing(role, wanted, revokeExtra(role, wanted));
        if (missing.isEmpty() || role.isOursAlone()) {
            grant(wanted, missing);
            amendMembers(role, members);
        } else {
            refuseNewMembers(role, wanted, members, Leftovers.notOursAlone(role, dialect));
            // where it is our own grant that lets others, the next comparison finds it put right
            amendMembers(role, those(members, role));
        }
        rebuilding.leaveLeft(role, members);
    }

    /** What goes, of what we granted. */
    private List<Privilege> revokeExtra(ObservedRole role, WantedRole wanted) {
        Set<Privilege> allowed = Set.copyOf(wanted.privileges());
        List<Privilege> extra = role.privileges().stream()
                .filter(HeldPrivilege::revocable)
                .filter(held -> held.grantable() || !allowed.contains(held.privilege()))
                .map(HeldPrivilege::privilege)
                .distinct()
                .toList();
        removals.revoke(role, extra);
        return extra;
    }

    /** What it lacks of its profile once that has gone. */
    private List<Privilege> missing(ObservedRole role, WantedRole wanted, List<Privilege> revoked) {
        Set<Privilege> kept = kept(role);
        revoked.forEach(kept::remove);
        kept.removeIf(privilege -> objects.isNew(privilege.object()));
        return wanted.privileges().stream()
                .filter(privilege -> !kept.contains(privilege) || wiped(privilege, revoked))
                .filter(objects::grantable)
                .toList();
    }

    /** What the role has by our own grant. */
    static Set<Privilege> kept(ObservedRole role) {
        Set<Privilege> kept = new HashSet<>();
        role.privileges().stream()
                .filter(held -> held.revocable() && !held.grantable())
                .forEach(held -> kept.add(held.privilege()));
        return kept;
    }

    /** REVOKE on a table takes the same privilege on its columns with it. */
    static boolean wiped(Privilege privilege, List<Privilege> revoked) {
        return privilege.object() instanceof SqlObject.Columns columns
                && revoked.contains(new Privilege(privilege.type(), columns.table()));
    }

    private void amendMembers(ObservedRole role, SortedSet<String> members) {
        SortedSet<String> missing = new TreeSet<>(members);
        for (Membership member : role.members()) {
            if (seen.operator().gave(member) && members.contains(member.member())) {
                missing.remove(member.member());
                if (!member.asGranted(dialect) && removals.ends(member)) {
                    draft.add(new ResetMembership(
                            role.name(), role.mark(), member.member(), member.grantor(), !member.inherit(), dialect));
                }
            } else if (removals.ends(member)) {
                removals.end(role, member);
            }
        }
        missing.forEach(member -> draft.add(new GrantMembership(role.name(), role.mark(), member, dialect)));
    }

    /** Who of them has it by our grant. */
    private SortedSet<String> those(SortedSet<String> members, ObservedRole role) {
        SortedSet<String> there = new TreeSet<>();
        role.members().stream()
                .filter(member -> seen.operator().gave(member) && members.contains(member.member()))
                .forEach(member -> there.add(member.member()));
        return there;
    }

    /** Who has all of it already keeps it. */
    private void refuseNewMembers(ObservedRole role, WantedRole wanted, SortedSet<String> members, Problem problem) {
        boolean isWhole = kept(role).containsAll(wanted.privileges());
        for (String member : members) {
            boolean held = isWhole
                    && role.members().stream()
                            .anyMatch(
                                    membership -> membership.member().equals(member) && membership.asGranted(dialect));
            if (!held) {
                Optional.ofNullable(wanted.members().get(member))
                        .ifPresent(entitlement -> draft.refuse(entitlement, problem));
            }
        }
    }

    private void grant(WantedRole wanted, List<Privilege> privileges) {
        List<Privilege> possible =
                privileges.stream().filter(objects::grantable).toList();
        Privilege.merged(possible)
                .forEach(privilege -> draft.add(new GrantPrivilege(
                        wanted.name(), wanted.mark(), privilege, actors.on(privilege.object(), wanted.mark()))));
    }
}
