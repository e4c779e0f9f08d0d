package dev.portcullis.engine.claim;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who has a principal on one platform: two beneficiaries that map to one principal would have each other's access, so only the earlier gets it, and
 * keeps it for as long as any agreement asks it for them. Rebuilt by every full comparison; used by one thread.
 */
public final class PrincipalClaims {
    private static final Comparator<Claim> EARLIEST =
            Comparator.comparing(Claim::rank).thenComparing(Claim::agreementUid).thenComparing(Claim::beneficiary);

    private final Map<Principal, TreeSet<Claim>> claims = new HashMap<>();
    private final Map<String, List<Held>> byPort = new HashMap<>();
    private final Map<Principal, String> owners = new HashMap<>();

    /** Takes note of what the agreements in the scope ask now; those that were in it and are not any more claim nothing. Who has what is kept. */
    public void note(Scope scope, List<Ask> asks) {
        if (scope instanceof Scope.Ports ports) {
            ports.uids().forEach(this::forget);
        } else {
            claims.clear();
            byPort.clear();
        }
        asks.forEach(this::note);
    }

    private void note(Ask ask) {
        if (ask.access() instanceof Access.Wanted wanted) {
            wanted.grantees().stream()
                    .filter(grantee -> !(grantee.beneficiary() instanceof Beneficiary.Remembered))
                    .map(grantee -> new Held(
                            grantee.principal(),
                            new Claim(
                                    rank(ask, grantee.principal()),
                                    ask.uid(),
                                    grantee.beneficiary().label())))
                    .forEach(held -> {
                        claims.computeIfAbsent(held.principal(), name -> new TreeSet<>(EARLIEST))
                                .add(held.claim());
                        byPort.computeIfAbsent(ask.portUid(), uid -> new ArrayList<>())
                                .add(held);
                    });
        }
    }

    /** The beneficiary who has the principal, if it is another than this one. */
    public Optional<String> otherOwner(Access.Grantee grantee) {
        if (grantee.beneficiary() instanceof Beneficiary.Remembered) {
            return Optional.empty();
        }
        return owner(grantee.principal())
                .filter(owner -> !owner.equals(grantee.beneficiary().label()));
    }

    private Optional<String> owner(Principal principal) {
        TreeSet<Claim> all = claims.get(principal);
        if (all == null) {
            owners.remove(principal);
            return Optional.empty();
        }
        String owner = owners.get(principal);
        if (owner == null || all.stream().noneMatch(claim -> claim.beneficiary().equals(owner))) {
            String first = all.first().beneficiary();
            owners.put(principal, first);
            return Optional.of(first);
        }
        return Optional.of(owner);
    }

    private void forget(String portUid) {
        List<Held> before = byPort.remove(portUid);
        if (before != null) {
            before.forEach(one -> claims.computeIfPresent(one.principal(), (name, all) -> {
                all.remove(one.claim());
                return all.isEmpty() ? null : all;
            }));
        }
    }

    /** After a restart whose status says granted comes first, then who was approved earlier: times in a status are to the second. */
    private static String rank(Ask ask, Principal principal) {
        String approvedAt = Optional.ofNullable(ask.agreement().getStatus())
                .map(status -> status.approval())
                .flatMap(approval -> DecisionsOnRecord.of(approval).approval())
                .map(DecisionRecord::at)
                .orElse("");
        boolean has = ask.wasProvisioned() && ask.recorded().contains(principal);
        return (has ? "0 " : "1 ") + approvedAt;
    }

    private record Claim(String rank, String agreementUid, String beneficiary) {}

    private record Held(Principal principal, Claim claim) {}
}
