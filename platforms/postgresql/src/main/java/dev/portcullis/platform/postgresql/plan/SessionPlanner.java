package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.EndSessions;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose sessions end: of everybody who loses something by the plan, where the platform's settings say so, and below 16 always, since there a session that
 * became the role keeps what the role has. Also of those who lost it earlier, by a process that died before it came to their sessions.
 */
final class SessionPlanner {
    private final Wanted wanted;
    private final PostgresqlObserved seen;
    private final Map<String, WantedRole> roles;
    private final Set<Place> recorded;
    private final List<ObservedRole> held;
    private final Map<String, List<WantedRole>> rolesOfPorts;

    /** Memberships as they are, those that the plan ends, and those it makes. */
    private final Set<Seat> now = new HashSet<>();

    private final Set<Seat> taken = new HashSet<>();
    private final Set<Seat> added = new HashSet<>();

    private record Seat(String role, String member) {}

    private record Place(String portUid, String member) {}

    SessionPlanner(
            Wanted wanted, PostgresqlObserved seen, Map<String, WantedRole> roles, Collection<PostgresqlChange> plan) {
        this.wanted = wanted;
        this.seen = seen;
        this.roles = roles;
        this.recorded = wanted.sessions().past().stream()
                .map(holding ->
                        new Place(holding.port().uid(), holding.principal().name()))
                .collect(Collectors.toSet());
        this.rolesOfPorts = roles.values().stream()
                .collect(Collectors.groupingBy(role -> role.mark().port().uid()));
        this.held = asTheyAreCalledThen(wanted, seen, plan);
        Map<String, ObservedRole> byName = new HashMap<>();
        held.forEach(role -> {
            byName.put(role.name(), role);
            members(role).forEach(member -> now.add(new Seat(role.name(), member)));
        });
        plan.forEach(change -> note(change, byName.get(change.role())));
    }

    /** A role that is taken over has another name, and is another port's, in all that the plan does to it. */
    private static List<ObservedRole> asTheyAreCalledThen(
            Wanted wanted, PostgresqlObserved seen, Collection<PostgresqlChange> plan) {
        Inheritance inheritance = new Inheritance(wanted.owner(), wanted.entitlements());
        Map<String, String> adopted = plan.stream()
                .filter(AdoptRole.class::isInstance)
                .map(AdoptRole.class::cast)
                .collect(Collectors.toMap(AdoptRole::before, AdoptRole::role));
        return seen.roles().stream()
                .map(role -> Inheritance.as(
                        role, adopted.getOrDefault(role.name(), role.name()), inheritance.asOurs(role.mark())))
                .toList();
    }

    private void note(PostgresqlChange change, @Nullable ObservedRole role) {
        if (change instanceof GrantMembership grant) {
            added.add(new Seat(grant.role(), grant.member()));
        } else if (change instanceof RevokeMembership revoke) {
            taken.add(new Seat(revoke.role(), revoke.member()));
        } else if (role != null && (change instanceof DropRole || change instanceof RebuildRole)) {
            // whoever granted it
            members(role).forEach(member -> taken.add(new Seat(role.name(), member)));
        }
        if (change instanceof RebuildRole rebuild) {
            rebuild.added().forEach(member -> added.add(new Seat(rebuild.role(), member)));
        }
    }

    /** Whether sessions of those who lose access are to end at all. */
    static boolean applies(Wanted wanted, PostgresqlObserved seen) {
        return wanted.sessions().end() || !seen.operator().dialect().hasMembershipsPerGrantor();
    }

    /** The operator may not end sessions: said before anybody loses access. */
    static Plan.Warning mayNot(OperatorRole operator) {
        String role = quote(operator.name());
        return new Plan.Warning(
                Plan.Reason.SessionsMayRemain,
                "who loses access may go on reading in a session that is open, and role " + role + " may not end it"
                        + (operator.dialect().hasMembershipsPerGrantor()
                                ? ", though spec.revoke.terminateSessions asks for it"
                                : ": below PostgreSQL 16 a session that ran SET ROLE keeps what the role has")
                        + "; run as a superuser: GRANT pg_signal_backend TO " + role + ";");
    }

    List<EndSessions> ends() {
        Stream<EndSessions> losing = held.stream()
                .flatMap(role -> role.members().stream()
                        .filter(membership -> isOfOurs(role, membership))
                        .map(Membership::member)
                        .distinct()
                        .filter(member -> loses(role, member))
                        .map(member -> new EndSessions(role.name(), role.mark(), member)));
        Stream<EndSessions> lost = wanted.sessions().past().stream()
                .filter(holding -> seen.sessions().contains(holding.principal().name()))
                .filter(holding -> !isHeld(holding) && !isWanted(holding))
                .map(holding -> new EndSessions(
                        holding.reference(),
                        Mark.of(wanted.owner(), holding.port()),
                        holding.principal().name()));
        return Stream.concat(losing, lost)
                .filter(end -> !seen.operator().is(end.member()))
                .distinct()
                .toList();
    }

    private static Stream<String> members(ObservedRole role) {
        return role.members().stream().map(Membership::member).distinct();
    }

    /**
     * Only of those whom we made members, as the server or a status says. Since 16 whoever may create roles can write our mark on one, give us its ADMIN option and
     * make anybody a member: that must not be enough to end their sessions. Below 16 they could end any session as well, and a stranger's that became the role would go
     * on reading.
     */
    private boolean isOfOurs(ObservedRole role, Membership membership) {
        return !seen.operator().dialect().hasMembershipsPerGrantor()
                || seen.operator().gave(membership)
                || recorded.contains(new Place(role.mark().port().uid(), membership.member()));
    }

    /** Not where all of it is had by another role of the port from now on. */
    private boolean loses(ObservedRole role, String member) {
        Seat seat = new Seat(role.name(), member);
        if (!taken.contains(seat) || added.contains(seat)) {
            return false;
        }
        Set<Privilege> kept = rolesOfPorts.getOrDefault(role.mark().port().uid(), List.of()).stream()
                .filter(other -> isMemberThen(new Seat(other.name(), member)))
                .flatMap(other -> other.privileges().stream())
                .collect(Collectors.toSet());
        return !role.memberOf().isEmpty()
                || role.privileges().stream().anyMatch(held -> !covers(kept, held.privilege()));
    }

    private boolean isMemberThen(Seat seat) {
        return added.contains(seat) || (now.contains(seat) && !taken.contains(seat));
    }

    private static boolean covers(Set<Privilege> kept, Privilege privilege) {
        return kept.contains(privilege)
                || (privilege.object() instanceof SqlObject.Columns columns
                        && kept.contains(new Privilege(privilege.type(), columns.table())));
    }

    private boolean isHeld(Holding holding) {
        String member = holding.principal().name();
        // a status that does not say which role it was
        return holding.reference().isEmpty()
                ? held.stream()
                        .filter(role ->
                                role.mark().port().uid().equals(holding.port().uid()))
                        .anyMatch(role -> now.contains(new Seat(role.name(), member)))
                : now.contains(new Seat(holding.reference(), member));
    }

    private boolean isWanted(Holding holding) {
        WantedRole role = roles.get(holding.reference());
        return role != null && role.members().containsKey(holding.principal().name());
    }
}
