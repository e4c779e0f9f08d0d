package dev.portcullis.operator.grant;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a full comparison found changed behind the operator's back, and mended.
 *
 * @param missing entitlements that some status said were granted, and were not there
 * @param extra principals with access that neither an agreement nor any status explained
 */
record Drift(int missing, int extra) {

    static Drift of(Comparison.Outcome outcome) {
        Set<Entitlement> provisioned = new HashSet<>();
        Map<String, Set<Principal>> explained = new HashMap<>();
        for (Ask ask : outcome.asks()) {
            Set<Principal> names = explained.computeIfAbsent(ask.portUid(), uid -> new HashSet<>());
            names.addAll(ask.recorded());
            ask.entitlements().forEach(entitlement -> names.add(entitlement.principal()));
            if (ask.wasProvisioned()) {
                ask.entitlements().stream()
                        .filter(entitlement -> ask.recorded().contains(entitlement.principal()))
                        .forEach(provisioned::add);
            }
        }
        int missing = (int) provisioned.stream()
                .filter(entitlement ->
                        !outcome.before().holds(entitlement) && outcome.after().holds(entitlement))
                .count();
        int extra = explained.entrySet().stream()
                .mapToInt(port -> mended(outcome, port.getKey(), port.getValue()))
                .sum();
        return new Drift(missing, extra);
    }

    private static int mended(Comparison.Outcome outcome, String portUid, Set<Principal> explained) {
        Set<Principal> strangers = new HashSet<>(outcome.before().holders(portUid));
        strangers.removeAll(explained);
        strangers.removeAll(outcome.after().holders(portUid));
        return strangers.size();
    }
}
