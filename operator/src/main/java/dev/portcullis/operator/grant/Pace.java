package dev.portcullis.operator.grant;

import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When ports are looked at again whose platform has not answered yet: soon after something moved there, then less and less often, for ever. What is forgotten
 * with a restart is looked at sooner. Used by one thread.
 */
final class Pace {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<String, Look> looks = new HashMap<>();
    private final Set<String> revokesPutOff = new HashSet<>();

    private record Look(Set<Waits.Step> waits, Duration delay) {}

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
            Look before = looks.get(port);
            Duration delay = before == null || !before.waits().equals(now)
                    ? FIRST
                    : min(before.delay().multipliedBy(2), LONGEST);
            looks.put(port, new Look(now, delay));
            delays.put(port, delay);
        });
        return delays;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
