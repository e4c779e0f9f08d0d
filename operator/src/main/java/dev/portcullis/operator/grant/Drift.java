package dev.portcullis.operator.grant;

import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a comparison found changed behind the operator's back, and mended. One of single ports may be faster than the statuses are written, and so tells only of
 * what others granted.
 *
 * @param missing entitlements that some status said were granted, and were not there
 * @param extra principals with access that neither an agreement nor any status explained
 */
record Drift(Set<Entitlement> missing, Set<Stranger> extra) {
    /** A principal with access to a port that nothing explained. */
    record Stranger(String portUid, Principal principal) {}

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
        if (!outcome.isFull()) {
            return new Drift(Set.of(), byOthers(outcome, explained));
        }
        Waits waits = outcome.waits();
        Set<Entitlement> lost = new HashSet<>(provisioned);
        lost.removeAll(outcome.before().held(provisioned));
        Set<Entitlement> back = outcome.after().held(lost);
        Set<Entitlement> missing = lost.stream()
                .filter(entitlement -> back.contains(entitlement)
                        || waits.message(entitlement.port().uid(), entitlement.principal())
                                .isPresent())
                .collect(Collectors.toUnmodifiableSet());
        Map<String, Set<Principal>> before = outcome.before().holders();
        Map<String, Set<Principal>> after = outcome.after().holders();
        Set<Stranger> extra = explained.entrySet().stream()
                .flatMap(port -> {
                    Set<Principal> strangers = new HashSet<>(before.getOrDefault(port.getKey(), Set.of()));
                    strangers.removeAll(port.getValue());
                    strangers.removeAll(after.getOrDefault(port.getKey(), Set.of()));
                    return strangers.stream().map(principal -> new Stranger(port.getKey(), principal));
                })
                .collect(Collectors.toUnmodifiableSet());
        return new Drift(missing, extra);
    }

    private static Set<Stranger> byOthers(Comparison.Outcome outcome, Map<String, Set<Principal>> explained) {
        Map<String, Set<Principal>> after = outcome.after().holders();
        return outcome.before().besides(outcome.wanted()).stream()
                .filter(holding -> !holding.granted())
                .filter(holding -> {
                    String port = holding.port().uid();
                    return !explained.getOrDefault(port, Set.of()).contains(holding.principal())
                            && !after.getOrDefault(port, Set.of()).contains(holding.principal());
                })
                .map(holding -> new Stranger(holding.port().uid(), holding.principal()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
