package dev.portcullis.engine.claim;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Entitlement;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What agreements together want of one platform.
 *
 * @param agreements which explain each entitlement
 * @param shared entitlements not given because another beneficiary has the principal
 */
public record Wishes(Map<Entitlement, SortedSet<AgreementReference>> agreements, Map<Shared, Problem> shared) {
    /** One beneficiary's entitlement: another's may be equal, and held. */
    public record Shared(Entitlement entitlement, String beneficiary) {}

    /** @param claims who has which principal, with these asks noted */
    public static Wishes of(List<Ask> asks, PrincipalClaims claims, String platform) {
        Map<Entitlement, SortedSet<AgreementReference>> agreements = new HashMap<>();
        Map<Shared, Problem> shared = new HashMap<>();
        for (Ask ask : asks) {
            if (ask.access() instanceof Access.Wanted wanted) {
                for (Access.Grantee grantee : wanted.grantees()) {
                    Entitlement entitlement = new Entitlement(wanted.port(), wanted.profile(), grantee.principal());
                    Optional<String> other = claims.otherOwner(grantee);
                    if (other.isPresent()) {
                        shared.put(
                                new Shared(entitlement, grantee.beneficiary().label()),
                                isOf(other.get(), grantee, platform));
                    } else {
                        agreements
                                .computeIfAbsent(entitlement, explained -> new TreeSet<>())
                                .add(ask.reference());
                    }
                }
            }
        }
        return new Wishes(Collections.unmodifiableMap(agreements), Collections.unmodifiableMap(shared));
    }

    /** All that is wanted. */
    public Set<Entitlement> entitlements() {
        return new HashSet<>(agreements.keySet());
    }

    private static Problem isOf(String other, Access.Grantee grantee, String platform) {
        return Problem.healing(
                "PrincipalShared",
                grantee.beneficiary().label() + " and " + other + " are both called "
                        + grantee.principal().name() + " on " + platform
                        + ", so only the earlier has the access: the platform team tells them apart in"
                        + " spec.principals");
    }
}
