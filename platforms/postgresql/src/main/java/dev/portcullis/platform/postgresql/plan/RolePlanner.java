package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Dependency.Kind;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What to do about one role: create it, put it right, build it anew, or remove it. */
final class RolePlanner {
    /**
     * How many roles of one port may wait to be dropped. Any login that owns something can grant on it to our roles, as often as it likes; each time the
     * role is built anew one more is left behind that only a superuser gets rid of.
     */
    private static final int MOST_RETIRED = 3;

    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final ObjectJudge objects;
    private final Draft draft;
    private final Dialect dialect;

    RolePlanner(PostgresqlObserved seen, Unmanaged unmanaged, ObjectJudge objects, Draft draft) {
        this.seen = seen;
        this.unmanaged = unmanaged;
        this.objects = objects;
        this.draft = draft;
        this.dialect = seen.operator().dialect();
    }

    private boolean ends(Membership membership) {
        return membership.reach().ends(unmanaged);
    }

    private void leaveForeign(ObservedRole role, String name) {
        Leftovers.foreign(role, name, unmanaged, dialect).forEach(draft::leave);
    }

    void create(WantedRole wanted, SortedSet<String> members) {
        draft.add(new CreateRole(wanted.name(), wanted.mark()));
        grant(wanted, wanted.profile().privileges());
        members.forEach(member -> draft.add(new GrantMembership(wanted.name(), wanted.mark(), member, dialect)));
    }

    /** The role as it is once it is ours; what was ours before stays as it is. */
    ObservedRole adopted(ObservedRole role, WantedRole wanted) {
        if (role.name().equals(wanted.name())) {
            return role;
        }
        draft.add(new AdoptRole(wanted.name(), wanted.mark(), role.name()));
        return Inheritance.as(role, wanted.name(), wanted.mark());
    }

    /** What our role granted goes in any case; the role too, unless something of others' keeps it. */
    void remove(ObservedRole role) {
        leaveOthers(role);
        revoke(role, ownPrivileges(role));
        if (!administered(role)) {
            draft.leave(Leftovers.of(role, Leftovers.notAdministered(role, seen.operator())));
            return;
        }
        role.members().stream().filter(this::ends).forEach(member -> end(role, member));
        boolean foreignMembers = role.members().stream().anyMatch(member -> !ends(member));
        boolean foreignRoles = role.memberOf().stream().anyMatch(of -> !ends(of));
        boolean others = unmanaged == Unmanaged.Report && (foreignMembers || foreignRoles);
        if (!anchored(role) && !others) {
            draft.add(new DropRole(role.name(), role.mark(), foreignMembers));
        } else {
            leaveForeign(role, role.name());
        }
    }

    /** Ends what may be ended now; the role stays as it is for those who keep it. */
    void removeAllBut(ObservedRole role, Set<String> kept) {
        leaveOthers(role);
        if (administered(role)) {
            role.members().stream()
                    .filter(member -> ends(member) && !kept.contains(member.member()))
                    .forEach(member -> end(role, member));
        }
        leaveForeign(role, role.name());
    }

    /** Makes the role have exactly these members and exactly its profile's privileges. */
    void repair(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        boolean others = role.attributes().hasUnalterable()
                || role.members().stream().anyMatch(member -> !ends(member))
                || role.memberOf().stream().anyMatch(of -> !ends(of));
        boolean foreign = others || anchored(role);
        if (!administered(role)) {
            refuseNewMembers(role, wanted, members);
            amendPrivileges(role, wanted);
            return;
        }
        boolean mend =
                others || lends(role) || (foreign && retired(role.mark().port().uid()) < MOST_RETIRED);
        if (mend && unmanaged == Unmanaged.Remove && objects.reachable(wanted.profile())) {
            rebuild(role, wanted, members);
            return;
        }
        if (foreign) {
            leaveForeign(role, role.name());
            if (role.attributes().hasUnalterable()) {
                draft.leave(Leftovers.attributes(role));
            }
        }
        if (role.attributes().login() || role.attributes().createRole()) {
            draft.add(new SetRoleAttributes(role.name(), role.mark()));
        }
        leaveOthers(role);
        amendPrivileges(role, wanted);
        amendMembers(role, members);
    }

    private long retired(String portUid) {
        return seen.roles().stream()
                .filter(role ->
                        role.mark().retired() && role.mark().port().uid().equals(portUid) && anchored(role))
                .count();
    }

    private void rebuild(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        String database = wanted.profile().database();
        List<Privilege> own = ownPrivileges(role).stream().distinct().toList();
        List<Privilege> elsewhere = own.stream()
                .filter(privilege -> privilege
                        .object()
                        .database()
                        .filter(in -> !in.equals(database))
                        .isPresent())
                .toList();
        Set<Privilege> here = new HashSet<>(elsewhere);
        revoke(role, elsewhere);
        leaveOthers(role);
        // whoever has to go does not wait for the rest
        role.members().stream()
                .filter(member -> ends(member) && !members.contains(member.member()))
                .forEach(member -> end(role, member));
        String retiredName = RoleName.retired(role.mark(), role.oid());
        draft.add(new RebuildRole(
                role.name(),
                role.mark(),
                database,
                Privilege.merged(own.stream()
                        .filter(privilege -> !here.contains(privilege))
                        .toList()),
                role.members().stream()
                        .filter(member -> ends(member) && members.contains(member.member()))
                        .map(member -> new RebuildRole.Ended(member.member(), member.grantor()))
                        .toList(),
                retiredName,
                Privilege.merged(wanted.profile().privileges().stream()
                        .filter(objects::grantable)
                        .toList()),
                List.copyOf(members),
                dialect));
        if (anchored(role)) {
            leaveForeign(role, retiredName);
        } else {
            draft.add(new DropRole(retiredName, role.mark().asRetired(), false));
        }
    }

    private void amendPrivileges(ObservedRole role, WantedRole wanted) {
        List<Privilege> profile = wanted.profile().privileges();
        Set<Privilege> allowed = Set.copyOf(profile);
        List<Privilege> extra = role.privileges().stream()
                .filter(HeldPrivilege::revocable)
                .filter(held -> held.grantable() || !allowed.contains(held.privilege()))
                .map(HeldPrivilege::privilege)
                .distinct()
                .toList();
        revoke(role, extra);
        Set<Privilege> kept = kept(role);
        extra.forEach(kept::remove);
        grant(
                wanted,
                profile.stream()
                        .filter(privilege -> !kept.contains(privilege) || wiped(privilege, extra))
                        .toList());
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
    private static boolean wiped(Privilege privilege, List<Privilege> revoked) {
        return privilege.object() instanceof SqlObject.Columns columns
                && revoked.contains(new Privilege(privilege.type(), columns.table()));
    }

    private void amendMembers(ObservedRole role, SortedSet<String> members) {
        SortedSet<String> missing = new TreeSet<>(members);
        for (Membership member : role.members()) {
            if (seen.operator().gave(member) && members.contains(member.member())) {
                missing.remove(member.member());
                if (!member.asGranted(dialect) && ends(member)) {
                    draft.add(new ResetMembership(
                            role.name(), role.mark(), member.member(), member.grantor(), !member.inherit(), dialect));
                }
            } else if (ends(member)) {
                end(role, member);
            }
        }
        missing.forEach(member -> draft.add(new GrantMembership(role.name(), role.mark(), member, dialect)));
    }

    private void refuseNewMembers(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        Problem problem = Leftovers.notAdministered(role, seen.operator());
        draft.leave(Leftovers.of(role, problem));
        for (String member : members) {
            boolean held = role.members().stream()
                    .anyMatch(membership -> membership.member().equals(member) && membership.asGranted(dialect));
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
                .forEach(privilege -> draft.add(new GrantPrivilege(wanted.name(), wanted.mark(), privilege)));
    }

    private void revoke(ObservedRole role, Collection<Privilege> privileges) {
        Privilege.merged(privileges)
                .forEach(privilege -> draft.add(new RevokePrivilege(role.name(), role.mark(), privilege)));
    }

    private void end(ObservedRole role, Membership member) {
        draft.add(new RevokeMembership(role.name(), role.mark(), member.member(), member.grantor(), dialect));
    }

    private void leaveOthers(ObservedRole role) {
        role.memberOf().stream()
                .filter(this::ends)
                .forEach(of -> draft.add(new LeaveRole(role.name(), role.mark(), of.role(), of.grantor(), dialect)));
    }

    private static List<Privilege> ownPrivileges(ObservedRole role) {
        return role.privileges().stream()
                .filter(HeldPrivilege::revocable)
                .map(HeldPrivilege::privilege)
                .distinct()
                .toList();
    }

    /**
     * Whether it owns something that could give away what it has. Below 16 any member can become the role, and make a view or a function that runs as it, for
     * whoever it likes: so that goes however often somebody does it. Since 16 it takes a superuser.
     */
    private boolean lends(ObservedRole role) {
        return !dialect.hasMembershipsPerGrantor()
                && role.dependencies().stream().anyMatch(dependency -> dependency.kind() == Kind.OWNS);
    }

    /** Whether something keeps it from being dropped, whatever we do. */
    private static boolean anchored(ObservedRole role) {
        return !role.dependencies().isEmpty() || role.privileges().stream().anyMatch(held -> !held.revocable());
    }

    private static boolean administered(ObservedRole role) {
        return role.administered();
    }
}
