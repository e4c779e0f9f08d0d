package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Literal;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.OccupiedName;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what is wanted with what was observed. Pure: the same plan for the same arguments. */
public final class Planner {
    private final Wanted wanted;
    private final PostgresqlObserved seen;
    private final Draft draft = new Draft();
    private final PrincipalJudge principals;
    private final ObjectJudge objects;
    private final RolePlanner roles;
    private final Inheritance inheritance;
    private final SortedMap<String, WantedRole> byName;
    private final Views views;
    private final List<ObservedRole> takenOver;

    private Planner(Wanted wanted, PostgresqlObserved seen) {
        this.wanted = wanted;
        this.seen = seen;
        this.takenOver = seen.roles().stream()
                .filter(role -> !role.mark().owner().equals(seen.owner()))
                .toList();
        this.principals = new PrincipalJudge(seen);
        this.byName = WantedRole.of(wanted);
        this.views = new Views(seen, wanted.unmanaged(), byName.values());
        this.objects = new ObjectJudge(seen, views);
        this.inheritance = new Inheritance(wanted.owner(), wanted.entitlements());
        this.roles = new RolePlanner(seen, wanted, objects, draft);
    }

    /** The changes that make what was observed what is wanted. */
    public static Plan plan(Wanted wanted, PostgresqlObserved seen) {
        return new Planner(wanted, seen).plan();
    }

    private Plan plan() {
        List<WantedRole> used = new ArrayList<>();
        List<ObservedRole> keptRoles = new ArrayList<>();
        Set<ObservedRole> needed = new HashSet<>();
        Map<String, List<ObservedRole>> present =
                seen.roles().stream().collect(Collectors.groupingBy(ObservedRole::name));
        for (WantedRole role : byName.values()) {
            Optional<ObservedRole> there = present.getOrDefault(role.name(), List.of()).stream()
                    .filter(candidate -> candidate.mark().sameAs(role.mark()))
                    .findFirst()
                    .or(() -> heirloom(role));
            SortedSet<String> members = members(role, there);
            if (members.isEmpty()) {
                continue; // a role without members is of no use: if it is there, it goes
            }
            there.ifPresent(needed::add);
            used.add(role);
            if (there.isPresent() && !seen.occupied().containsKey(role.name())) {
                roles.repair(roles.adopted(there.get(), role), role, members);
            } else {
                create(role, members);
                // its name is taken, so it stays what it is, for those who are to have it
                there.ifPresent(heirloom -> roles.removeAllBut(asOurs(heirloom), members));
            }
        }
        seen.roles().stream().filter(role -> !needed.contains(role)).forEach(role -> {
            Set<String> kept = kept(inheritance.nameAsOurs(role));
            if (kept.isEmpty()) {
                roles.remove(asOurs(role));
            } else {
                keptRoles.add(role);
                roles.removeAllBut(asOurs(role), kept);
            }
        });
        new ViewPlanner(seen, wanted, views, inheritance, draft).plan(used, keptRoles);
        roles.reportRetired();
        reportUnmarked(byName);
        endSessions(byName);
        return draft.finish();
    }

    private ObservedRole asOurs(ObservedRole role) {
        return Inheritance.as(role, role.name(), inheritance.asOurs(role.mark()));
    }

    /** What another installation, which is taken over, made for the same. */
    private Optional<ObservedRole> heirloom(WantedRole wantedRole) {
        return takenOver.stream()
                .filter(role -> inheritance.isHeirloom(role, wantedRole.mark().port(), wantedRole.profile()))
                .filter(roles::mayAdopt)
                .min(Comparator.comparing(ObservedRole::name));
    }

    /**
     * Who is to be a member. Nobody gets a half: while the profile cannot be given whole, nobody is added; but who is in already keeps the
     * rest.
     */
    private SortedSet<String> members(WantedRole role, Optional<ObservedRole> present) {
        Optional<Problem> incomplete = objects.problem(
                        role.profile(), present.map(RolePlanner::kept).orElse(Set.of()))
                .or(() -> views.problem(role));
        Set<String> holders = new HashSet<>();
        present.ifPresent(held -> held.members().stream()
                .filter(member -> seen.operator().gave(member) && member.inherit())
                .forEach(member -> holders.add(member.member())));
        SortedSet<String> members = new TreeSet<>();
        Set<String> kept = kept(role.name());
        present.ifPresent(held -> held.members().stream()
                .map(Membership::member)
                .filter(kept::contains)
                .forEach(member -> members.add(member)));
        role.members().forEach((principal, entitlement) -> {
            Optional<Problem> problem = principals.problem(principal);
            if (problem.isEmpty() && (incomplete.isEmpty() || holders.contains(principal))) {
                members.add(principal);
            }
            problem.or(() -> incomplete).ifPresent(why -> draft.refuse(entitlement, why));
        });
        return members;
    }

    /** Those whom the role is not to be taken from for now. */
    private Set<String> kept(String role) {
        return wanted.kept().stream()
                .filter(holding -> holding.reference().equals(role))
                .map(holding -> holding.principal().name())
                .collect(Collectors.toSet());
    }

    private void create(WantedRole role, SortedSet<String> members) {
        OccupiedName occupied = seen.occupied().get(role.name());
        if (occupied == null) {
            roles.create(role, members);
            return;
        }
        Problem problem = new Problem(
                Reason.NotApplied,
                "role " + quote(role.name())
                        + " exists, but its comment does not say that it is ours, so it is left alone; "
                        + "drop it, or if it is the one the operator made, run as a superuser: COMMENT ON ROLE "
                        + quote(role.name()) + " IS "
                        + Literal.quote(role.mark().text()) + ";");
        members.forEach(member -> Optional.ofNullable(role.members().get(member))
                .ifPresent(entitlement -> draft.refuse(entitlement, problem)));
    }

    /** Last, since it depends on all that the plan takes away. */
    private void endSessions(SortedMap<String, WantedRole> byName) {
        if (!SessionPlanner.applies(wanted, seen)) {
            return;
        }
        new SessionPlanner(wanted, seen, byName, draft.changes()).ends().forEach(draft::add);
        if (!seen.operator().signals()) {
            draft.warn(SessionPlanner.mayNot(seen.operator()));
        }
    }

    /** Only where everything is compared: a role without a mark belongs to no port. */
    private void reportUnmarked(Map<String, WantedRole> byName) {
        if (!(wanted.scope() instanceof Scope.Everything)) {
            return;
        }
        seen.occupied().values().stream()
                .filter(OccupiedName::lost)
                .sorted(Comparator.comparing(OccupiedName::name))
                .forEach(role -> {
                    WantedRole known = byName.get(role.name());
                    draft.leave(Leftovers.unmarked(role, known == null ? anyMark() : known.mark()));
                });
    }

    private Mark anyMark() {
        return Mark.of(wanted.owner(), new PortId("unknown", "unknown", "unknown"));
    }
}
