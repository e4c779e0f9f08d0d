package dev.portcullis.operator.grant;

import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.time.Instant;
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
    private final Explanations explanations;

    /** What was let through, and since when: what does not go at once, and is seen again, counts once. */
    private final Map<Holding, Instant> passed = new HashMap<>();

    private Set<Holding> confirmed = Set.of();
    private Held held = Held.NOTHING;

    /**
     * @param most how many unexplained removals are let through: in one comparison, and on the ports of one namespace within the interval
     * @param interval of full comparisons
     */
    Brake(PlatformModule module, int most, Duration interval) {
        this.explanations = new Explanations(module);
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
            Scope scope,
            List<Ask> asks,
            Set<Entitlement> wanted,
            Set<Holding> extra,
            References references,
            String code,
            Instant now) {
        if (held.isConfirmedBy(code)) {
            // by name, and not by the code: a part of it may go later than the rest
            confirmed = held.holdings();
            held = Held.NOTHING;
        }
        Set<Holding> unexplained = explanations.unexplained(scope, asks, wanted, extra, references);
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

    private static Set<Holding> intersection(Set<Holding> one, Set<Holding> other) {
        Set<Holding> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
