package dev.portcullis.engine.lifecycle;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.Changes;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.selection.Selections;
import dev.portcullis.platform.Profile;
import java.util.Optional;

/**
 * What an agreement gives of what its port offers now: what was asked for, allowed and is still offered. Where it was requested of a port that says {@code changes:
 * Follow}, and the port says so still, all that is offered.
 *
 * @param narrowed whether some of what was asked for was not allowed, or is not offered any more
 */
record Share(Profile profile, boolean narrowed) {

    /** Absent: nothing. */
    static Optional<Share> of(DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Offer offer) {
        Optional<Profile> left = Selections.allowed(offer, snapshot, approval.decisions());
        Optional<Profile> given = follows(agreement, approval, snapshot, offer)
                ? offer.module().intersect(offer.profile(), offer.profile())
                : left;
        return given.map(profile -> new Share(profile, !left.equals(Selections.requested(offer, snapshot))));
    }

    /** Both have said so, and nobody chose certain objects: who asked, or who approved. */
    private static boolean follows(DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Offer offer) {
        return snapshot.changes() == Changes.Follow
                && offer.port().getSpec().changes() == Changes.Follow
                && agreement.getSpec().select() == null
                && approval.decisions().stream().allMatch(decision -> decision.select() == null);
    }
}
