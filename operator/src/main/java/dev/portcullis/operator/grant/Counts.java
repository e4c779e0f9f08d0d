package dev.portcullis.operator.grant;

import dev.portcullis.platform.Scope;
import java.util.HashMap;
import java.util.Map;

/**
 * How many entitlements are held, by what was last read of each port. What a platform answers later comes between two comparisons, so the difference within one
 * says too little.
 *
 * @param total on the whole platform
 * @param byPort of the ports that somebody asked for, by UID
 */
record Counts(int total, Map<String, Integer> byPort) {
    static final Counts NONE = new Counts(0, Map.of());

    Counts {
        byPort = Map.copyOf(byPort);
    }

    Counts next(Comparison.Outcome outcome) {
        Map<String, Integer> now = new HashMap<>();
        Map<String, Integer> held = outcome.after().entitlementsByPort();
        if (!(outcome.scope() instanceof Scope.Ports ports)) {
            outcome.asks().forEach(ask -> now.put(ask.portUid(), held.getOrDefault(ask.portUid(), 0)));
            return new Counts(outcome.after().entitlements(), now);
        }
        now.putAll(byPort);
        Map<String, Integer> heldBefore = outcome.before().entitlementsByPort();
        int sum = total;
        for (String uid : ports.uids()) {
            int after = held.getOrDefault(uid, 0);
            Integer before = now.put(uid, after);
            sum += after - (before == null ? heldBefore.getOrDefault(uid, 0) : before);
        }
        return new Counts(sum, now);
    }
}
