package dev.portcullis.operator.grant;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a full comparison found changed behind the operator's back, and mended.
 *
 * @param missing entitlements that some status said were granted, and were not there
 * @param extra principals with access that neither an agreement nor any status explained
 */
record Drift(Set<Entitlement> missing, Set<Stranger> extra) {
    static final Drift NONE = new Drift(Set.of(), Set.of());

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
        Waits waits = outcome.waits();
        Set<Entitlement> missing = provisioned.stream()
                .filter(entitlement -> !outcome.before().holds(entitlement)
                        && (outcome.after().holds(entitlement)
                                || waits.message(entitlement.port().uid(), entitlement.principal())
                                        .isPresent()))
                .collect(Collectors.toUnmodifiableSet());
        Set<Stranger> extra = explained.entrySet().stream()
                .flatMap(port -> mended(outcome, port.getKey(), port.getValue()))
                .collect(Collectors.toUnmodifiableSet());
        return new Drift(missing, extra);
    }

    private static Stream<Stranger> mended(Comparison.Outcome outcome, String portUid, Set<Principal> explained) {
        Set<Principal> strangers = new HashSet<>(outcome.before().holders(portUid));
        strangers.removeAll(explained);
        strangers.removeAll(outcome.after().holders(portUid));
        return strangers.stream().map(principal -> new Stranger(portUid, principal));
    }
}
