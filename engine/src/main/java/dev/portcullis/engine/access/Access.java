package dev.portcullis.engine.access;

import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an agreement asks of a platform at a moment. */
public sealed interface Access {
    /**
     * These shall have access.
     *
     * @param platform name of the DataPlatform
     * @param grantees who, under which principal
     * @param withoutPrincipal who should, but has no principal there; a sentence each
     */
    record Wanted(String platform, PortId port, Profile profile, List<Grantee> grantees, List<String> withoutPrincipal)
            implements Access {
        public Set<Entitlement> entitlements() {
            return grantees.stream()
                    .map(grantee -> new Entitlement(port, profile, grantee.principal()))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * Nobody shall, as far as this agreement goes.
     *
     * @param deleted whether the agreement itself is being deleted: then its finalizer waits for the platform's answer to exactly this
     * @param ended whether that is what somebody wanted of this agreement: it expired, was revoked, cancelled, suspended or is deleted. Else something
     *     around it changed (a port retired, a schema not exposed any more, a member taken off the Team), which may be a mistake that concerns many
     */
    record NotWanted(boolean deleted, boolean ended) implements Access {}

    /** A beneficiary and the principal it has on the platform. */
    record Grantee(Beneficiary beneficiary, Principal principal) {}
}
