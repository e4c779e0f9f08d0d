package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is to move to another role of a port that cannot be given whole yet. They keep the one they have where it gives nothing that the other would not: a table that
 * a port names before it is there takes nothing from anybody. Where it gives anything else it ends all the same, since nobody may read that any more; so it does where not
 * all that it gives could be read.
 */
final class Unmoved {
    private final PostgresqlObserved seen;
    private final Map<Seat, List<WantedRole>> waiting = new HashMap<>();

    private record Seat(String portUid, String principal) {}

    Unmoved(PostgresqlObserved seen) {
        this.seen = seen;
    }

    /** The principal is to have the role, and cannot have it now. */
    void waits(String principal, WantedRole role) {
        waiting.computeIfAbsent(new Seat(role.mark().port().uid(), principal), seat -> new ArrayList<>())
                .add(role);
    }

    /** Who stays in the role for as long. */
    Set<String> in(ObservedRole role) {
        if (waiting.isEmpty() || !isKnownWhole(role)) {
            return Set.of();
        }
        return role.members().stream()
                .filter(member -> seen.operator().gave(member) && member.inherit())
                .map(Membership::member)
                .filter(member -> waiting
                        .getOrDefault(new Seat(role.mark().port().uid(), member), List.of())
                        .stream()
                        .anyMatch(wanted -> givesNothingElse(role, wanted)))
                .collect(Collectors.toSet());
    }

    private boolean isKnownWhole(ObservedRole role) {
        return !role.mark().retired()
                && role.memberOf().isEmpty()
                && role.dependencies().isEmpty()
                && seen.refusedDatabases().isEmpty()
                && seen.outage().isEmpty();
    }

    private static boolean givesNothingElse(ObservedRole role, WantedRole wanted) {
        Set<Privilege> allowed = new HashSet<>(wanted.privileges());
        return role.privileges().stream().noneMatch(HeldPrivilege::grantable)
                && role.privileges().stream().map(HeldPrivilege::privilege).allMatch(held -> isAmong(held, allowed));
    }

    /** A privilege on a table is one on each of its columns. */
    private static boolean isAmong(Privilege held, Set<Privilege> allowed) {
        return allowed.contains(held)
                || (held.object() instanceof SqlObject.Columns columns
                        && allowed.contains(new Privilege(held.type(), columns.table())));
    }
}
