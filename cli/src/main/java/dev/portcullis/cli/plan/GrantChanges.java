package dev.portcullis.cli.plan;

import dev.portcullis.cli.rehearsal.PlatformGrants;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.PlanResult.Grant;
import dev.portcullis.cli.report.PlanResult.Moved;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.engine.review.ObjectLines;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what is granted in two worlds. */
final class GrantChanges {
    private static final String FILTERED =
            "-- access to some rows only changes as well: its views are made of the columns that the tables have there, so those statements cannot be shown";

    private final Settled before;
    private final Settled after;
    private final boolean withSql;

    GrantChanges(Settled before, Settled after, boolean withSql) {
        this.before = before;
        this.after = after;
        this.withSql = withSql;
    }

    List<PlatformChange> all() {
        SortedSet<String> names = new TreeSet<>(before.grants().keySet());
        names.addAll(after.grants().keySet());
        return names.stream()
                .map(this::of)
                .filter(change -> !change.isNothing())
                .toList();
    }

    /** Somebody's access to a port. */
    private record Seat(PortId port, Principal principal) implements Comparable<Seat> {
        static Seat of(Entitlement entitlement) {
            return new Seat(entitlement.port(), entitlement.principal());
        }

        Name name() {
            return new Name(port.namespace(), port.name());
        }

        @Override
        public int compareTo(Seat other) {
            return Comparator.comparing((Seat seat) -> seat.principal().name())
                    .thenComparing(Seat::name)
                    .thenComparing(seat -> seat.port().uid())
                    .compare(this, other);
        }
    }

    private PlatformChange of(String platform) {
        Optional<PlatformGrants> was = Optional.ofNullable(before.grants().get(platform));
        Optional<PlatformGrants> is = Optional.ofNullable(after.grants().get(platform));
        Optional<Plan> plan = plan(was, is);
        Set<Entitlement> impossible = new HashSet<>();
        List<String> refused = new ArrayList<>();
        plan.ifPresent(made -> made.refusals().forEach(refusal -> {
            impossible.add(refusal.entitlement());
            refused.add(refusal.message());
        }));
        is.ifPresent(grants -> grants.wishes().shared().values().forEach(problem -> refused.add(problem.message())));
        Map<Seat, List<Entitlement>> held = bySeat(entitlements(was));
        Set<Entitlement> given = new HashSet<>(entitlements(is));
        given.removeAll(impossible);
        Map<Seat, List<Entitlement>> wanted = bySeat(given);
        List<Grant> added = new ArrayList<>();
        List<Grant> removed = new ArrayList<>();
        List<Moved> changed = new ArrayList<>();
        SortedSet<Seat> seats = new TreeSet<>(held.keySet());
        seats.addAll(wanted.keySet());
        for (Seat seat : seats) {
            List<Entitlement> had = held.getOrDefault(seat, List.of());
            List<Entitlement> has = wanted.getOrDefault(seat, List.of());
            if (had.isEmpty()) {
                added.add(new Grant(seat.principal().name(), seat.name(), lines(has), explaining(is, has)));
            } else if (has.isEmpty()) {
                removed.add(new Grant(seat.principal().name(), seat.name(), lines(had), explaining(was, had)));
            } else if (!Set.copyOf(had).equals(Set.copyOf(has))) {
                changed.add(new Moved(
                        seat.principal().name(),
                        seat.name(),
                        without(lines(has), lines(had)),
                        without(lines(had), lines(has)),
                        explaining(is, has)));
            }
        }
        return new PlatformChange(
                platform,
                added,
                removed,
                changed,
                refused.stream().distinct().sorted().toList(),
                withSql ? sql(plan, was, is) : List.of());
    }

    private static Set<Entitlement> entitlements(Optional<PlatformGrants> grants) {
        return grants.map(one -> one.wishes().entitlements()).orElse(Set.of());
    }

    private static Map<Seat, List<Entitlement>> bySeat(Collection<Entitlement> entitlements) {
        Map<Seat, List<Entitlement>> bySeat = new TreeMap<>();
        entitlements.forEach(entitlement -> bySeat.computeIfAbsent(Seat.of(entitlement), none -> new ArrayList<>())
                .add(entitlement));
        return bySeat;
    }

    private static List<String> lines(List<Entitlement> entitlements) {
        return entitlements.stream()
                .flatMap(entitlement -> ObjectLines.of(entitlement.profile().toSnapshot()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
    }

    private static List<Name> explaining(Optional<PlatformGrants> grants, List<Entitlement> entitlements) {
        SortedSet<Name> names = new TreeSet<>();
        grants.ifPresent(one -> entitlements.forEach(entitlement -> {
            for (AgreementReference reference :
                    one.wishes().agreements().getOrDefault(entitlement, Collections.emptySortedSet())) {
                names.add(new Name(reference.namespace(), reference.name()));
            }
        }));
        return List.copyOf(names);
    }

    private static Optional<Plan> plan(Optional<PlatformGrants> was, Optional<PlatformGrants> is) {
        return is.or(() -> was)
                .flatMap(known -> known.module()
                        .rehearse(
                                known.platform(),
                                entitlements(was),
                                new Wanted(
                                        known.owner(),
                                        new Scope.Everything(),
                                        entitlements(is),
                                        Set.of(),
                                        known.platform().drift().unmanaged(),
                                        is.map(grants -> grants.wishes().agreements())
                                                .orElse(Map.of()),
                                        Sessions.STAY)));
    }

    private static List<String> sql(Optional<Plan> plan, Optional<PlatformGrants> was, Optional<PlatformGrants> is) {
        Set<Entitlement> filtered = filtered(was);
        boolean hasFilters = plan.isPresent() && !filtered.equals(filtered(is));
        return Stream.concat(
                        plan.map(made -> made.changes().stream().map(Change::describe))
                                .orElse(Stream.empty()),
                        hasFilters ? Stream.of(FILTERED) : Stream.empty())
                .toList();
    }

    private static Set<Entitlement> filtered(Optional<PlatformGrants> grants) {
        return entitlements(grants).stream()
                .filter(entitlement -> {
                    var objects = entitlement.profile().toSnapshot().postgresql();
                    return objects != null && !objects.rowFilters().isEmpty();
                })
                .collect(Collectors.toSet());
    }
}
