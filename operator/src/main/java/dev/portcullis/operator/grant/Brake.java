package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds removals back that no agreement explains, where there are suspiciously many: a lost namespace, a sync that empties a Team or an expression that calls
 * everybody something else looks just like the end of all that access. What an agreement ended is never held. Used by one thread.
 */
final class Brake {
    private final int most;
    private final Duration interval;

    /** What was let through, and since when: what does not go at once, and is seen again, counts once. */
    private final Map<Holding, Instant> passed = new HashMap<>();

    private Set<Holding> confirmed = Set.of();
    private Held held = Held.NOTHING;

    /**
     * @param most how many unexplained removals are let through: in one comparison, and on the ports of one namespace within the interval
     * @param interval of full comparisons
     */
    Brake(int most, Duration interval) {
        this.most = most;
        this.interval = interval;
    }

    /**
     * Says what is not to be taken away now.
     *
     * @param extra all that is held in the scope and not wanted
     * @param code what somebody has confirmed, by the code it was shown with; empty: nothing
     */
    Set<Holding> hold(
            Scope scope, List<Ask> asks, Set<Entitlement> wanted, Set<Holding> extra, String code, Instant now) {
        if (held.isConfirmedBy(code)) {
            // by name, and not by the code: a part of it may go later than the rest
            confirmed = held.holdings();
            held = Held.NOTHING;
        }
        Set<Holding> unexplained = unexplained(asks, wanted, extra);
        if (scope instanceof Scope.Everything) {
            confirmed = intersection(confirmed, unexplained);
        }
        unexplained.removeAll(confirmed);
        Set<Holding> still = intersection(held.holdings(), unexplained);
        passed.values().removeIf(since -> since.plus(interval).isBefore(now));
        Set<Holding> fresh = new HashSet<>(unexplained);
        fresh.removeAll(still);
        fresh.removeAll(passed.keySet());
        Set<Holding> holds = new HashSet<>(still);
        if (fresh.size() > most) {
            holds.addAll(fresh);
        } else {
            fresh.stream()
                    .collect(Collectors.groupingBy(holding -> holding.port().namespace()))
                    .forEach((namespace, some) -> {
                        if (passedOf(namespace) + some.size() > most) {
                            holds.addAll(some);
                        } else {
                            some.forEach(holding -> passed.put(holding, now));
                        }
                    });
        }
        held = held.next(scope, holds, now);
        return holds;
    }

    /** One provider's mistakes use up no other's allowance. */
    private long passedOf(String namespace) {
        return passed.keySet().stream()
                .filter(holding -> holding.port().namespace().equals(namespace))
                .count();
    }

    /** All that is held back now, also outside of what was compared last. */
    Held held() {
        return held;
    }

    /** Only what we granted: what others did to our roles goes however much it is. */
    private static Set<Holding> unexplained(Collection<Ask> asks, Set<Entitlement> wanted, Set<Holding> extra) {
        Set<Seat> explained = wanted.stream()
                // who keeps another profile of the port only moves
                .map(entitlement -> new Seat(
                        entitlement.port().uid(), entitlement.principal().name()))
                .collect(Collectors.toSet());
        for (Ask ask : asks) {
            if (ask.access() instanceof Access.NotWanted notWanted && notWanted.ended()) {
                ask.recorded().forEach(principal -> explained.add(new Seat(ask.portUid(), principal.name())));
                ask.concerned().forEach(principal -> explained.add(new Seat(ask.portUid(), principal.name())));
            }
        }
        return extra.stream()
                .filter(Holding::granted)
                .filter(holding -> !explained.contains(
                        new Seat(holding.port().uid(), holding.principal().name())))
                .collect(Collectors.toSet());
    }

    private static Set<Holding> intersection(Set<Holding> one, Set<Holding> other) {
        Set<Holding> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private record Seat(String portUid, String principal) {}
}
