package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.state.Dependency.Kind;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When another role has to take the place of one, and how. */
final class Rebuilding {
    /**
     * How many roles of one port may wait to be dropped. Any login that owns something can grant on it to our roles, as often as it likes; each time the
     * role is built anew one more is left behind that only a superuser gets rid of.
     */
    private static final int MOST_RETIRED = 3;

    private static final int HANDFUL = 5;

    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final ObjectJudge objects;
    private final Removals removals;
    private final LeftRoles left;
    private final Actors actors;
    private final Draft draft;
    private final Dialect dialect;

    /** Names that roles on the server have. */
    private final Set<String> taken;

    Rebuilding(
            PostgresqlObserved seen,
            Unmanaged unmanaged,
            ObjectJudge objects,
            Removals removals,
            LeftRoles left,
            Actors actors,
            Draft draft) {
        this.seen = seen;
        this.unmanaged = unmanaged;
        this.objects = objects;
        this.removals = removals;
        this.left = left;
        this.actors = actors;
        this.draft = draft;
        this.dialect = seen.operator().dialect();
        this.taken = Stream.concat(
                        seen.occupied().keySet().stream(), seen.roles().stream().map(ObservedRole::name))
                .collect(Collectors.toSet());
    }

    /** Whether others granted something that we cannot take from the role. */
    boolean isForeign(ObservedRole role) {
        return hasOthers(role) || Removals.isAnchored(role);
    }

    /** Whether another role is to take its place now. */
    boolean isDue(ObservedRole role, WantedRole wanted, Set<String> members) {
        boolean mend = hasOthers(role)
                || lends(role)
                || (isForeign(role) && retired(role.mark().port().uid()) < MOST_RETIRED);
        boolean due = (mend && unmanaged == Unmanaged.Remove) || (mayReplace(role) && removals.isLeft(role, members));
        return due && objects.reachable(wanted.profile());
    }

    /** What others granted on a role does not come along to another one. */
    private boolean mayReplace(ObservedRole role) {
        return unmanaged == Unmanaged.Remove || !isForeign(role);
    }

    void rebuild(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        rebuild(
                role,
                role.mark(),
                wanted.profile().database(),
                wanted.privileges().stream().filter(objects::grantable).toList(),
                members);
    }

    /**
     * For those who keep what they have though nobody wants it. Its profile is not known, so the new role gets what the old one has.
     *
     * @return whether it can be built anew; if it cannot, that is said
     */
    boolean rebuildAsItIs(ObservedRole role, Set<String> kept) {
        List<Privilege> own = Removals.ownPrivileges(role);
        if (own.isEmpty()) {
            return false;
        }
        List<String> databases = own.stream()
                .flatMap(privilege -> privilege.object().database().stream())
                .distinct()
                .toList();
        boolean unread = role.dependencies().stream().anyMatch(tie -> tie.kind() == Kind.UNREADABLE);
        if (databases.size() != 1 || unread || !mayReplace(role)) {
            draft.leave(Leftovers.left(role, left.onServer(role)));
            return false;
        }
        SortedSet<String> members = new TreeSet<>(kept);
        members.retainAll(role.members().stream().map(Membership::member).toList());
        rebuild(role, left.onServer(role), databases.get(0), own, members);
        return true;
    }

    /** Says what an open session may go on reading, where somebody left a role that cannot be built anew for now. */
    void leaveLeft(ObservedRole role, Set<String> members) {
        if (removals.isLeft(role, members)) {
            left.noteWhoLeftBefore(role);
            draft.leave(Leftovers.left(role, role.mark()));
        }
    }

    private void rebuild(
            ObservedRole role, Mark mark, String database, List<Privilege> granted, SortedSet<String> members) {
        List<Privilege> own = Removals.ownPrivileges(role);
        List<Privilege> elsewhere = own.stream()
                .filter(privilege -> privilege
                        .object()
                        .database()
                        .filter(in -> !in.equals(database))
                        .isPresent())
                .toList();
        Set<Privilege> there = Set.copyOf(elsewhere);
        removals.revoke(role, elsewhere);
        removals.leaveOthers(role);
        // whoever has to go does not wait for the rest
        removals.endAllBut(role, members);
        if (left.isNoted(role)) {
            // it was to be built anew when it was noted, and somebody keeps it from that
            draft.leave(Leftovers.left(role, mark));
        }
        String retiredName = RoleName.retired(role.mark(), role.oid(), taken::contains);
        draft.add(new RebuildRole(
                role.name(),
                mark.asCurrent(),
                database,
                Privilege.merged(own.stream()
                        .filter(privilege -> !there.contains(privilege))
                        .toList()),
                role.members().stream()
                        .filter(member -> removals.ends(member) && members.contains(member.member()))
                        .map(member -> new RebuildRole.Ended(member.member(), member.grantor()))
                        .toList(),
                retiredName,
                Privilege.merged(granted),
                List.copyOf(members),
                Stream.concat(own.stream(), granted.stream())
                        .map(Privilege::object)
                        .filter(Served::isAboutView)
                        .findFirst()
                        .flatMap(view -> actors.on(view, role.mark())),
                dialect));
        if (Removals.isAnchored(role)) {
            removals.leaveForeign(role, retiredName);
        } else {
            // until it is done: whoever holds a lock on what the role has can put it off, and others have their access
            // meanwhile
            removals.leaveForeign(role, role.name());
            draft.add(new DropRole(retiredName, mark.asRetired(), false));
        }
    }

    /** What nobody limits is at least counted: more than a handful is no accident. */
    void reportRetired() {
        Map<PortId, Long> ports = seen.roles().stream()
                .filter(role -> role.mark().retired() && Removals.isAnchored(role))
                .collect(Collectors.groupingBy(role -> role.mark().port(), Collectors.counting()));
        ports.entrySet().stream()
                .filter(port -> port.getValue() > HANDFUL)
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(PortId::uid)))
                .forEach(port -> draft.leave(Leftovers.retired(port.getKey(), port.getValue())));
    }

    private boolean hasOthers(ObservedRole role) {
        return role.attributes().hasUnalterable() || removals.hasOthers(role);
    }

    private long retired(String portUid) {
        return seen.roles().stream()
                .filter(role ->
                        role.mark().retired() && role.mark().port().uid().equals(portUid) && Removals.isAnchored(role))
                .count();
    }

    /**
     * Whether it owns something that could give away what it has. Below 16 any member can become the role, and make a view or a function that runs as it, for
     * whoever it likes: so that goes however often somebody does it. Since 16 it takes a superuser.
     */
    private boolean lends(ObservedRole role) {
        return !dialect.hasMembershipsPerGrantor()
                && role.dependencies().stream().anyMatch(dependency -> dependency.kind() == Kind.OWNS);
    }
}
