package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.Changes;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What statuses say is held, and is not asked for any more. Between the end of an access and the end of its sessions a process may die; what is on record
 * tells the next one whose sessions to end. Whose were seen to is remembered, so that nobody is thrown out again until the status is written; that may be
 * forgotten. Used by one thread.
 */
final class Departures {
    /**
     * Of a port, that one principal has at a time and that are looked through for each agreement that has ended: whoever offers another thing every day and asks for
     * each could else hold up everybody's revokes. Who has more of them is disconnected once too often.
     */
    private static final int MOST_PROFILES = 20;

    private final PlatformModule module;
    private final Set<Holding> done = new HashSet<>();

    /** Whose sessions were seen to since a part of the platform is lost: what is gone cannot be read back then, and it is tried again every few seconds. */
    private final Set<Holding> doneWhileLost = new HashSet<>();

    Departures(PlatformModule module) {
        this.module = module;
    }

    /**
     * Those that were not seen to yet.
     *
     * @param held what is there now: who has all of it by another profile of the port lost nothing
     */
    Set<Holding> open(Scope scope, List<Ask> asks, Observed held, References references) {
        Map<Ask, Set<Holding>> departed = new LinkedHashMap<>();
        asks.forEach(ask -> {
            Set<Holding> left = departed(ask, references).collect(Collectors.toSet());
            if (!left.isEmpty()) {
                departed.put(ask, left);
            }
        });
        Map<Seat, Set<Entitlement>> staying = heldOf(departed.values(), asks, held);
        Set<Holding> open = new HashSet<>();
        departed.forEach((ask, left) -> {
            Optional<Profile> agreed = left.stream()
                            .allMatch(holding -> staying.getOrDefault(seat(holding), Set.of())
                                    .isEmpty())
                    ? Optional.empty()
                    : agreed(ask);
            left.stream()
                    .filter(holding -> staying.getOrDefault(seat(holding), Set.of()).stream()
                            .noneMatch(other -> isCovered(agreed, other.profile())))
                    .forEach(open::add);
        });
        done.removeIf(holding -> scope.covers(holding.port().uid()) && !open.contains(holding));
        open.removeAll(done);
        if (held.outage().isPresent()) {
            open.removeAll(doneWhileLost);
        } else {
            doneWhileLost.clear();
        }
        return open;
    }

    /** The platform could not be read back since a part of it is lost: until it is there again these are done with. */
    void settleWhileLost(Set<Holding> open, List<Result> results) {
        Set<Seat> not = refused(results).collect(Collectors.toSet());
        open.stream().filter(holding -> !not.contains(seat(holding))).forEach(doneWhileLost::add);
    }

    /** The platform was read back: what is gone, with its sessions, is done with, also of who keeps something else of the port. */
    void settle(Set<Holding> open, Comparison.Outcome outcome) {
        if (open.isEmpty()) {
            return;
        }
        Set<Seat> not = refused(outcome.results()).collect(Collectors.toSet());
        Map<Seat, Set<String>> still = outcome.after().besides(outcome.wanted()).stream()
                .collect(Collectors.groupingBy(
                        Departures::seat, Collectors.mapping(Holding::reference, Collectors.toSet())));
        open.stream()
                .filter(holding -> !not.contains(seat(holding)))
                .filter(holding -> !isAmong(still.getOrDefault(seat(holding), Set.of()), holding.reference()))
                .forEach(done::add);
    }

    /** A status that does not say what it was may mean each. */
    private static boolean isAmong(Set<String> held, String reference) {
        return reference.isEmpty() ? !held.isEmpty() : held.contains(reference);
    }

    private static Stream<Seat> refused(List<Result> results) {
        return results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Refused)
                .map(result ->
                        new Seat(result.change().portUid(), result.change().principal()));
    }

    /** What those who departed are to have besides, and have. */
    private static Map<Seat, Set<Entitlement>> heldOf(
            Collection<Set<Holding>> departed, List<Ask> asks, Observed held) {
        Map<Seat, Set<Entitlement>> wanted = new HashMap<>();
        departed.forEach(left -> left.forEach(holding -> wanted.put(seat(holding), new HashSet<>())));
        if (!wanted.isEmpty()) {
            asks.stream()
                    .flatMap(ask -> ask.entitlements().stream())
                    .forEach(one -> Optional.ofNullable(
                                    wanted.get(new Seat(one.port().uid(), Optional.of(one.principal()))))
                            .ifPresent(all -> all.add(one)));
            Set<Entitlement> there = held.held(wanted.values().stream()
                    .flatMap(all -> all.stream().limit(MOST_PROFILES))
                    .collect(Collectors.toSet()));
            wanted.values().forEach(all -> all.retainAll(there));
        }
        return wanted;
    }

    /**
     * All that the agreement may have given: read once for each agreement, since that takes much longer than to compare it. Absent where nobody can tell: what
     * followed the port may have given anything.
     */
    private Optional<Profile> agreed(Ask ask) {
        return Optional.ofNullable(ask.agreement().getStatus().snapshot())
                .filter(snapshot -> snapshot.changes() != Changes.Follow)
                .map(Snapshot::objects)
                .flatMap(module::fromSnapshot);
    }

    /** Whether the profile has all that was agreed. */
    private boolean isCovered(Optional<Profile> agreed, Profile profile) {
        return agreed.filter(all -> module.common(all, profile).equals(agreed)).isPresent();
    }

    private static Seat seat(Holding holding) {
        return new Seat(holding.port().uid(), Optional.of(holding.principal()));
    }

    private Stream<Holding> departed(Ask ask, References references) {
        Provisioning provisioning = ask.agreement().getStatus().provisioning();
        if (provisioning == null || ask.recorded().isEmpty()) {
            return Stream.of();
        }
        String reference = Optional.ofNullable(provisioning.reference()).orElse("");
        Collection<Principal> staying = staying(ask.access(), reference, references);
        var provider = ask.agreement().getSpec().provider();
        PortId port = new PortId(ask.portUid(), provider.namespace(), provider.outputPort());
        return ask.recorded().stream()
                .filter(principal -> !staying.contains(principal))
                .map(principal -> new Holding(port, reference, principal, true));
    }

    /** Those who keep exactly what they have; who gets another profile instead leaves the one before. */
    private Collection<Principal> staying(Access access, String reference, References references) {
        return access instanceof Access.Wanted wanted
                        && (reference.isEmpty()
                                || references
                                        .of(wanted.port(), wanted.profile())
                                        .equals(reference))
                ? wanted.grantees().stream().map(Access.Grantee::principal).toList()
                : List.of();
    }

    private record Seat(String portUid, Optional<Principal> principal) {}
}
