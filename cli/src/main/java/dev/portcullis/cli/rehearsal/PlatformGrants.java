package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.Wishes;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is granted on one platform, where that does all that is asked of it.
 *
 * @param asks what each agreement asks for
 */
public record PlatformGrants(
        Owner owner, DataPlatformSpec platform, PlatformModule module, List<Ask> asks, Wishes wishes) {
    /** What the operator would read back for an agreement. */
    GrantReport report(Ask ask) {
        if (!(ask.access() instanceof Access.Wanted wanted)) {
            return new GrantReport(ask.access(), Set.of(), List.of(), Optional.empty());
        }
        Set<Principal> held = new HashSet<>();
        List<Problem> troubles = new ArrayList<>();
        for (Access.Grantee grantee : wanted.grantees()) {
            Entitlement entitlement = new Entitlement(wanted.port(), wanted.profile(), grantee.principal());
            Problem shared = wishes.shared()
                    .get(new Wishes.Shared(entitlement, grantee.beneficiary().label()));
            if (shared == null) {
                held.add(grantee.principal());
            } else {
                troubles.add(shared);
            }
        }
        return new GrantReport(
                wanted,
                held,
                troubles,
                held.isEmpty()
                        ? Optional.empty()
                        : Optional.of(module.reference(owner, wanted.port(), wanted.profile())));
    }
}
