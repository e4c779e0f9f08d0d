package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.state.Dependency.Kind;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** When another role has to take the place of one, and how. */
final class Rebuilding {
    /**
     * How many roles of one port may wait to be dropped. Any login that owns something can grant on it to our roles, as often as it likes; each time the
     * role is built anew one more is left behind that only a superuser gets rid of.
     */
    private static final int MOST_RETIRED = 3;

    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final ObjectJudge objects;
    private final Removals removals;
    private final Draft draft;
    private final Dialect dialect;

    Rebuilding(PostgresqlObserved seen, Unmanaged unmanaged, ObjectJudge objects, Removals removals, Draft draft) {
        this.seen = seen;
        this.unmanaged = unmanaged;
        this.objects = objects;
        this.removals = removals;
        this.draft = draft;
        this.dialect = seen.operator().dialect();
    }

    /** Whether others granted something that we cannot take from the role. */
    boolean isForeign(ObservedRole role) {
        return hasOthers(role) || Removals.isAnchored(role);
    }

    /** Whether another role is to take its place now. */
    boolean isDue(ObservedRole role, WantedRole wanted) {
        boolean mend = hasOthers(role)
                || lends(role)
                || (isForeign(role) && retired(role.mark().port().uid()) < MOST_RETIRED);
        return mend && unmanaged == Unmanaged.Remove && objects.reachable(wanted.profile());
    }

    void rebuild(ObservedRole role, WantedRole wanted, SortedSet<String> members) {
        String database = wanted.profile().database();
        List<Privilege> own = Removals.ownPrivileges(role);
        List<Privilege> elsewhere = own.stream()
                .filter(privilege -> privilege
                        .object()
                        .database()
                        .filter(in -> !in.equals(database))
                        .isPresent())
                .toList();
        Set<Privilege> here = new HashSet<>(own);
        elsewhere.forEach(here::remove);
        removals.revoke(role, elsewhere);
        removals.leaveOthers(role);
        // whoever has to go does not wait for the rest
        removals.endAllBut(role, members);
        String retiredName = RoleName.retired(role.mark(), role.oid());
        draft.add(new RebuildRole(
                role.name(),
                role.mark(),
                database,
                Privilege.merged(own.stream().filter(here::contains).toList()),
                role.members().stream()
                        .filter(member -> removals.ends(member) && members.contains(member.member()))
                        .map(member -> new RebuildRole.Ended(member.member(), member.grantor()))
                        .toList(),
                retiredName,
                Privilege.merged(wanted.profile().privileges().stream()
                        .filter(objects::grantable)
                        .toList()),
                List.copyOf(members),
                dialect));
        if (Removals.isAnchored(role)) {
            removals.leaveForeign(role, retiredName);
        } else {
            draft.add(new DropRole(retiredName, role.mark().asRetired(), false));
        }
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
