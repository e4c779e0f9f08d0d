package dev.portcullis.operator.grant;

import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When ports are looked at again whose platform has not answered yet: soon after something moved there, then less and less often, for ever. What is forgotten
 * with a restart is looked at sooner. Used by one thread.
 */
final class Pace {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<String, Look> looks = new HashMap<>();
    private final Set<String> revokesPutOff = new HashSet<>();

    private final LongSupplier clock;

    /** @param since when it is waited for the delay, by the clock */
    private record Look(Set<Waits.Step> waits, Duration delay, long since) {}

    /** @param clock monotonic, in nanoseconds */
    Pace(LongSupplier clock) {
        this.clock = clock;
    }

    /** The scope together with the ports whose revokes a platform put off: they go before every grant that is asked later. */
    Scope withRevokesPutOff(Scope scope) {
        if (!(scope instanceof Scope.Ports ports) || revokesPutOff.isEmpty()) {
            return scope;
        }
        Set<String> uids = new HashSet<>(ports.uids());
        uids.addAll(revokesPutOff);
        return new Scope.Ports(uids);
    }

    /** How long to wait with each port, by UID, after a comparison of the scope. */
    Map<String, Duration> next(Scope scope, Waits waits) {
        looks.keySet().removeIf(port -> scope.covers(port) && !waits.ports().contains(port));
        revokesPutOff.removeIf(scope::covers);
        revokesPutOff.addAll(waits.portsWithRevokePutOff());
        Map<String, Duration> delays = new HashMap<>();
        waits.byPort().forEach((port, now) -> {
            Look look = next(Optional.ofNullable(looks.get(port)), now);
            looks.put(port, look);
            delays.put(port, look.delay().minusNanos(clock.getAsLong() - look.since()));
        });
        return delays;
    }

    /** Whoever looks before it is time, for another reason, changes nothing. */
    private Look next(Optional<Look> before, Set<Waits.Step> waits) {
        long now = clock.getAsLong();
        Optional<Look> same = before.filter(look -> look.waits().equals(waits));
        if (same.isEmpty()) {
            return new Look(waits, FIRST, now);
        }
        return now - same.get().since() < same.get().delay().toNanos()
                ? same.get()
                : new Look(waits, min(same.get().delay().multipliedBy(2), LONGEST), now);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
