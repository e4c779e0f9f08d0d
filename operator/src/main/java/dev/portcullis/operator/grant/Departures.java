package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.engine.access.Access;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
    private final Set<Holding> done = new HashSet<>();

    /** Those that were not seen to yet. */
    Set<Holding> open(Scope scope, List<Ask> asks, References references) {
        Set<Holding> open =
                asks.stream().flatMap(ask -> departed(ask, references)).collect(Collectors.toCollection(HashSet::new));
        done.removeIf(holding -> scope.covers(holding.port().uid()) && !open.contains(holding));
        open.removeAll(done);
        return open;
    }

    /** The platform was read back: what is gone, with its sessions, is done with. */
    void settle(Set<Holding> open, Comparison.Outcome outcome) {
        Set<Seat> not = Stream.concat(
                        outcome.after().besides(outcome.wanted()).stream()
                                .map(held -> new Seat(held.port().uid(), Optional.of(held.principal()))),
                        outcome.results().stream()
                                .filter(result -> result.outcome() instanceof Outcome.Refused)
                                .map(result -> new Seat(
                                        result.change().portUid(),
                                        result.change().principal())))
                .collect(Collectors.toSet());
        open.stream()
                .filter(holding -> !not.contains(new Seat(holding.port().uid(), Optional.of(holding.principal()))))
                .forEach(done::add);
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
