package dev.portcullis.operator.agreement;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.operator.grant.Asks;
import dev.portcullis.operator.world.Caches;
import java.util.Optional;
import java.util.function.Supplier;

/** When the finalizer of a deleted agreement goes. */
final class Release {

    private final Caches caches;
    private final Asks asks;
    private final Supplier<Guard> guard;

    Release(Caches caches, Asks asks, Supplier<Guard> guard) {
        this.caches = caches;
        this.asks = asks;
        this.guard = guard;
    }

    /** Nothing was ever approved, or the platform was read back after the deletion was seen. */
    boolean isDue(DataUsageAgreement agreement, Optional<GrantReport> report) {
        if (!isHeld(agreement)) {
            return false;
        }
        Access.NotWanted deleted = new Access.NotWanted(true, true);
        boolean readBack = report.filter(read -> read.basis().equals(deleted) && read.isGone())
                .isPresent();
        boolean neverGranted = agreement.getStatus() == null
                || (agreement.getStatus().provisioning() == null
                        && asks.platformOf(agreement).isEmpty());
        return readBack || !wasApproved(agreement) || neverGranted || isOverAndGone(agreement);
    }

    /**
     * Somebody who holds `release` gave the access up: the platform is gone for good. Only while the guard is whole, since without it anybody could have
     * written that.
     */
    boolean isOrphaned(DataUsageAgreement agreement) {
        return isHeld(agreement) && Requester.orphanReason(agreement).isPresent() && guard.get() instanceof Guard.Whole;
    }

    static boolean wasApproved(DataUsageAgreement agreement) {
        DataUsageAgreementStatus status = agreement.getStatus();
        return status != null && status.approval() != null && status.approval().status() == ApprovalStatus.Approved;
    }

    private static boolean isHeld(DataUsageAgreement agreement) {
        return agreement.getMetadata().getDeletionTimestamp() != null && Finalizer.isOn(agreement);
    }

    /** What was read back to be gone is, when the platform itself is gone since and cannot be asked once more. */
    private boolean isOverAndGone(DataUsageAgreement agreement) {
        DataUsageAgreementStatus status = agreement.getStatus();
        return status != null
                && status.phase() != null
                && status.phase().isOver()
                && status.provisioning() != null
                && status.provisioning().status() == ProvisioningStatus.Deprovisioned
                && Optional.ofNullable(status.provisioning().platform())
                        .flatMap(caches::platform)
                        .isEmpty();
    }
}
