package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The third axis: what the platform holds, as read back. A report counts only for exactly what the agreement asks now; until there is one,
 * what was said before stands, so that a restart writes nothing.
 */
final class ProvisioningFactory {
    private ProvisioningFactory() {}

    static @Nullable Provisioning next(
            @Nullable Provisioning before, Access access, Optional<GrantReport> report, Instant now) {
        Optional<GrantReport> answer = report.filter(read -> read.basis().equals(access));
        return access instanceof Access.Wanted wanted
                ? wanted(before, wanted, answer, now)
                : notWanted(before, answer, now);
    }

    private static Provisioning wanted(
            @Nullable Provisioning before, Access.Wanted wanted, Optional<GrantReport> answer, Instant now) {
        if (answer.isEmpty()) {
            return before != null && before.status().isTowardsAccess()
                    ? before
                    // who had it has it until a report says otherwise
                    : at(
                            before,
                            ProvisioningStatus.Provisioning,
                            wanted.platform(),
                            null,
                            before == null ? List.of() : before.principals(),
                            now);
        }
        GrantReport report = answer.get();
        boolean failed =
                !report.troubles().isEmpty() || !wanted.withoutPrincipal().isEmpty();
        ProvisioningStatus status = !report.held().isEmpty()
                ? ProvisioningStatus.Provisioned
                // as long as some of it is under way it has not failed
                : failed && report.waits().isEmpty()
                        ? ProvisioningStatus.ProvisioningFailed
                        : ProvisioningStatus.Provisioning;
        List<String> principals = Stream.concat(report.held().stream(), remembered(wanted))
                .distinct()
                .sorted()
                .map(Principal::name)
                .toList();
        return at(before, status, wanted.platform(), report.reference().orElse(null), principals, now);
    }

    /** Those only the status still knows: were they left out whenever the platform lacks them for a moment, they would be forgotten for good. */
    private static Stream<Principal> remembered(Access.Wanted wanted) {
        return wanted.grantees().stream()
                .filter(grantee -> grantee.beneficiary() instanceof Beneficiary.Remembered)
                .map(Access.Grantee::principal);
    }

    private static @Nullable Provisioning notWanted(
            @Nullable Provisioning before, Optional<GrantReport> answer, Instant now) {
        if (before == null) {
            return null;
        }
        if (answer.isEmpty()) {
            return before.status().isTowardsAccess()
                    ? at(
                            before,
                            ProvisioningStatus.Deprovisioning,
                            before.platform(),
                            before.reference(),
                            before.principals(),
                            now)
                    : before;
        }
        return answer.get().isGone()
                ? at(before, ProvisioningStatus.Deprovisioned, before.platform(), null, List.of(), now)
                : at(
                        before,
                        answer.get().troubles().isEmpty()
                                ? ProvisioningStatus.Deprovisioning
                                : ProvisioningStatus.DeprovisioningFailed,
                        before.platform(),
                        before.reference(),
                        before.principals(),
                        now);
    }

    /** The time is that of the last change of the status or of those who have the access, not of the last look. */
    private static Provisioning at(
            @Nullable Provisioning before,
            ProvisioningStatus status,
            @Nullable String platform,
            @Nullable String reference,
            List<String> principals,
            Instant now) {
        String since = before != null
                        && before.status() == status
                        && before.principals().equals(principals)
                ? before.at()
                : Times.text(now);
        return new Provisioning(status, platform, reference, principals, since);
    }
}
