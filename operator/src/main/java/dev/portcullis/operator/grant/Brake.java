package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds removals back that no agreement explains, where there are suspiciously many: a lost namespace, a sync that empties a Team or an expression that calls
 * everybody something else looks just like the end of all that access. What an agreement ended is never held. Used by one thread.
 */
final class Brake {
    private final int most;
    private final Duration interval;
    private final Deque<Removals> recent = new ArrayDeque<>();
    private Set<Holding> held = Set.of();

    private record Removals(Instant at, int count) {}

    /**
     * @param most how many unexplained removals are let through
     * @param interval within which time
     */
    Brake(int most, Duration interval) {
        this.most = most;
        this.interval = interval;
    }

    /**
     * Says what is not to be taken away now.
     *
     * @param extra all that is held in the scope and not wanted
     * @param confirmed the code of what somebody has confirmed; empty: nothing
     */
    Set<Holding> hold(
            Scope scope, List<Ask> asks, Set<Entitlement> wanted, Set<Holding> extra, String confirmed, Instant now) {
        Set<Holding> unexplained = unexplained(asks, wanted, extra);
        Set<Holding> before =
                held.stream().filter(holding -> scope.covers(holding.portUid())).collect(Collectors.toSet());
        Set<Holding> still = new HashSet<>(unexplained);
        still.retainAll(before);
        int fresh = unexplained.size() - still.size();
        recent.removeIf(removals -> removals.at().plus(interval).isBefore(now));
        boolean tooMany = recent.stream().mapToInt(Removals::count).sum() + fresh > most;
        Set<Holding> holds = tooMany ? unexplained : still;
        Set<Holding> all = new HashSet<>(held);
        all.removeAll(before);
        all.addAll(holds);
        if (!all.isEmpty() && Holdings.code(all).equals(confirmed)) {
            held = Set.of();
            return Set.of();
        }
        held = Set.copyOf(all);
        if (!tooMany && fresh > 0) {
            recent.add(new Removals(now, fresh));
        }
        return holds;
    }

    /** All that is held back now, also outside of what was compared last. */
    Set<Holding> held() {
        return held;
    }

    /** Only what we granted: what others did to our roles goes however much it is. */
    private static Set<Holding> unexplained(Collection<Ask> asks, Set<Entitlement> wanted, Set<Holding> extra) {
        Set<Seat> stays = wanted.stream()
                .map(entitlement -> new Seat(
                        entitlement.port().uid(), entitlement.principal().name()))
                .collect(Collectors.toSet());
        Set<Seat> ended = new HashSet<>();
        Set<String> mayHaveEnded = new HashSet<>();
        for (Ask ask : asks) {
            if (ask.access() instanceof Access.NotWanted notWanted && notWanted.ended()) {
                ask.recorded().forEach(principal -> ended.add(new Seat(ask.portUid(), principal.name())));
                if (ask.recorded().isEmpty() && ask.mayHold()) {
                    mayHaveEnded.add(ask.portUid());
                }
            }
        }
        return extra.stream()
                .filter(Holding::granted)
                .filter(holding -> {
                    Seat seat = new Seat(holding.portUid(), holding.principal().name());
                    // who keeps another profile of the port only moves
                    return !stays.contains(seat) && !ended.contains(seat) && !mayHaveEnded.contains(seat.portUid());
                })
                .collect(Collectors.toSet());
    }

    private record Seat(String portUid, String principal) {}
}
