package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which removals somebody wanted: of what an agreement gave that has ended since. If several gave the same, all of them have to; one that vanished explains
 * nothing, and is remembered as long as what it gave is there. Of what nobody is known to have given (after a start) every agreement that has ended explains
 * what it can have given. Used by one thread.
 */
final class Explanations {
    private final PlatformModule module;

    /** Who asked for something when it was last compared, by port. */
    private Map<String, List<Asked>> asked = new HashMap<>();

    /** Who gave what is there and not wanted, and did not end; UIDs of agreements. */
    private final Map<Holding, Set<String>> unended = new HashMap<>();

    Explanations(PlatformModule module) {
        this.module = module;
    }

    /** Only of what we granted: what others did to our roles goes however much it is. */
    Set<Holding> unexplained(
            Scope scope, List<Ask> asks, Set<Entitlement> wanted, Set<Holding> extra, References references) {
        // who keeps another profile of the port only moves
        Set<Seat> staying = wanted.stream()
                .map(entitlement -> new Seat(entitlement.port().uid(), entitlement.principal()))
                .collect(Collectors.toSet());
        Map<Seat, List<Holding>> going = extra.stream()
                .filter(Holding::granted)
                .filter(holding -> !staying.contains(seat(holding)))
                .collect(Collectors.groupingBy(Explanations::seat));
        Map<Seat, List<Ask>> ended = ended(asks, going.keySet());
        Map<Seat, List<Asked>> askedFor = askedFor(going.keySet());
        Set<String> endedUids =
                ended.values().stream().flatMap(List::stream).map(Ask::uid).collect(Collectors.toSet());
        unended.keySet()
                .removeIf(holding -> scope.covers(holding.port().uid())
                        && !going.getOrDefault(seat(holding), List.of()).contains(holding));
        Set<Holding> unexplained = new HashSet<>();
        going.forEach((seat, holdings) -> holdings.forEach(holding -> {
            Set<String> givers = new HashSet<>(unended.getOrDefault(holding, Set.of()));
            givers.addAll(givers(askedFor.getOrDefault(seat, List.of()), holding, references));
            boolean known = !givers.isEmpty();
            givers.removeAll(endedUids);
            if (givers.isEmpty()) {
                unended.remove(holding);
            } else {
                unended.put(holding, givers);
            }
            boolean explained = known
                    ? givers.isEmpty()
                    : ended.getOrDefault(seat, List.of()).stream()
                            .anyMatch(ask -> mayHaveGiven(ask, holding, references));
            if (!explained) {
                unexplained.add(holding);
            }
        }));
        remember(scope, asks);
        return unexplained;
    }

    private static Map<Seat, List<Ask>> ended(List<Ask> asks, Set<Seat> going) {
        Map<Seat, List<Ask>> ended = new HashMap<>();
        if (going.isEmpty()) {
            return ended;
        }
        for (Ask ask : asks) {
            if (ask.access() instanceof Access.NotWanted notWanted && notWanted.ended()) {
                Stream.concat(ask.recorded().stream(), ask.concerned().stream())
                        .distinct()
                        .map(principal -> new Seat(ask.portUid(), principal))
                        .filter(going::contains)
                        .forEach(seat -> ended.computeIfAbsent(seat, key -> new ArrayList<>())
                                .add(ask));
            }
        }
        return ended;
    }

    private Map<Seat, List<Asked>> askedFor(Set<Seat> going) {
        Map<Seat, List<Asked>> all = new HashMap<>();
        going.stream()
                .map(Seat::portUid)
                .distinct()
                .flatMap(uid -> asked.getOrDefault(uid, List.of()).stream())
                .forEach(one -> one.wanted().grantees().stream()
                        .map(grantee -> new Seat(one.wanted().port().uid(), grantee.principal()))
                        .filter(going::contains)
                        .forEach(seat -> all.computeIfAbsent(seat, key -> new ArrayList<>())
                                .add(one)));
        return all;
    }

    private static Set<String> givers(List<Asked> askedFor, Holding holding, References references) {
        return askedFor.stream()
                .filter(one -> references
                        .of(one.wanted().port(), one.wanted().profile())
                        .equals(holding.reference()))
                .map(Asked::agreementUid)
                .collect(Collectors.toSet());
    }

    /** What its status names; or all that was agreed; where its status names nothing yet, whatever there is. */
    private boolean mayHaveGiven(Ask ask, Holding holding, References references) {
        Optional<String> recorded = Optional.ofNullable(
                        ask.agreement().getStatus().provisioning())
                .flatMap(provisioning -> Optional.ofNullable(provisioning.reference()));
        if (recorded.isEmpty() && ask.mayHold()) {
            return true;
        }
        return recorded.filter(holding.reference()::equals).isPresent()
                || agreed(ask, references).filter(holding.reference()::equals).isPresent();
    }

    private Optional<String> agreed(Ask ask, References references) {
        var provider = ask.agreement().getSpec().provider();
        return Optional.ofNullable(ask.agreement().getStatus().snapshot())
                .map(Snapshot::objects)
                .flatMap(module::fromSnapshot)
                .map(profile ->
                        references.of(new PortId(ask.portUid(), provider.namespace(), provider.outputPort()), profile));
    }

    private void remember(Scope scope, List<Ask> asks) {
        Map<String, List<Asked>> now = new HashMap<>();
        for (Ask ask : asks) {
            if (ask.access() instanceof Access.Wanted wanted) {
                now.computeIfAbsent(ask.portUid(), uid -> new ArrayList<>()).add(new Asked(ask.uid(), wanted));
            }
        }
        if (scope instanceof Scope.Ports ports) {
            ports.uids().forEach(asked::remove);
            asked.putAll(now);
        } else {
            asked = now;
        }
    }

    private static Seat seat(Holding holding) {
        return new Seat(holding.port().uid(), holding.principal());
    }

    /** What is remembered of one that asks; the agreement itself, as it was then, would be kept for as long. */
    private record Asked(String agreementUid, Access.Wanted wanted) {}

    private record Seat(String portUid, Principal principal) {}
}
