package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.platform.Principal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Who has a principal on one platform: two beneficiaries that map to one principal would have each other's access, so only the earlier gets it.
 * Rebuilt by every full comparison; used by one thread.
 */
final class PrincipalClaims {
    private static final Comparator<Claim> EARLIEST = Comparator.comparing(Claim::since)
            .thenComparing(Claim::agreementUid)
            .thenComparing(Claim::beneficiary);

    private final Map<Principal, TreeSet<Claim>> claims = new HashMap<>();
    private final Map<String, Access.Wanted> known = new HashMap<>();
    private final Map<String, String> since = new HashMap<>();

    void clear() {
        claims.clear();
        known.clear();
        since.clear();
    }

    /** Takes note of what an agreement asks now. */
    void note(Ask ask) {
        forget(ask.uid());
        if (ask.access() instanceof Access.Wanted wanted) {
            known.put(ask.uid(), wanted);
            since.put(ask.uid(), approvedAt(ask));
            forEachClaim(
                    ask.uid(),
                    wanted,
                    (principal, claim) -> claims.computeIfAbsent(principal, name -> new TreeSet<>(EARLIEST))
                            .add(claim));
        }
    }

    /** The beneficiary who has the principal, if it is another than this one. */
    Optional<String> otherOwner(Access.Grantee grantee) {
        if (grantee.beneficiary() instanceof Beneficiary.Remembered) {
            return Optional.empty();
        }
        return Optional.ofNullable(claims.get(grantee.principal()))
                .map(all -> all.first().beneficiary())
                .filter(owner -> !owner.equals(grantee.beneficiary().label()));
    }

    private void forget(String agreementUid) {
        Access.Wanted before = known.remove(agreementUid);
        if (before != null) {
            forEachClaim(
                    agreementUid,
                    before,
                    (principal, claim) -> claims.computeIfPresent(principal, (name, all) -> {
                        all.remove(claim);
                        return all.isEmpty() ? null : all;
                    }));
            since.remove(agreementUid);
        }
    }

    private void forEachClaim(String agreementUid, Access.Wanted wanted, BiConsumer<Principal, Claim> action) {
        String approvedAt = since.getOrDefault(agreementUid, "");
        wanted.grantees().stream()
                .filter(grantee -> !(grantee.beneficiary() instanceof Beneficiary.Remembered))
                .forEach(grantee -> action.accept(
                        grantee.principal(),
                        new Claim(
                                approvedAt, agreementUid, grantee.beneficiary().label())));
    }

    private static String approvedAt(Ask ask) {
        return Optional.ofNullable(ask.agreement().getStatus())
                .map(status -> status.approval())
                .filter(approval -> !approval.decisions().isEmpty())
                .map(approval -> approval.decisions().get(0).at())
                .orElse("");
    }

    private record Claim(String since, String agreementUid, String beneficiary) {}
}
