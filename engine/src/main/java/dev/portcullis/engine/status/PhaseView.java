package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.decision.RequiredApprovals;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.time.Times;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a standing is called: its phase, and why in a word and a sentence.
 *
 * @param by who caused it, where a person or rule did
 */
record PhaseView(
        Phase phase,
        String reason,
        String message,
        @Nullable String by) {

    static PhaseView of(
            Standing standing, DataUsageAgreement agreement, Approval approval, @Nullable Provisioning provisioning) {
        if (standing instanceof Standing.Revoked revoked) {
            return new PhaseView(
                    Phase.Revoked,
                    "Revoked",
                    "revoked by " + revoked.decision().by()
                            + because(revoked.decision().reason()),
                    revoked.decision().by());
        }
        if (standing instanceof Standing.Rejected rejected) {
            return new PhaseView(
                    Phase.Rejected,
                    "Rejected",
                    "rejected by " + rejected.decision().by()
                            + because(rejected.decision().reason()) + "; request another agreement if this has changed",
                    rejected.decision().by());
        }
        if (standing instanceof Standing.Cancelled) {
            return new PhaseView(
                    Phase.Cancelled,
                    "Cancelled",
                    agreement.getMetadata().getDeletionTimestamp() == null
                            ? "the consumer has given the agreement up"
                            : "the agreement is being deleted",
                    null);
        }
        if (standing instanceof Standing.Expired expired) {
            return new PhaseView(
                    Phase.Expired,
                    "Expired",
                    "ended at " + Times.text(expired.end()) + "; request another agreement to go on",
                    null);
        }
        String still = isStillThere(provisioning) ? "; the access is still being taken away" : "";
        if (standing instanceof Standing.Invalid invalid) {
            return new PhaseView(
                    Phase.Invalid, invalid.problem().reason(), invalid.problem().message() + still, null);
        }
        if (standing instanceof Standing.Waiting waiting) {
            return new PhaseView(
                    Phase.Requested,
                    "WaitingForDecision",
                    waitingFor(agreement, approval)
                            + waiting.inVain()
                                    .map(why ->
                                            "; as the Teams are now, an approval would give nobody the access: " + why)
                                    .orElse(""),
                    null);
        }
        if (standing instanceof Standing.Suspended suspended) {
            return new PhaseView(
                    Phase.Suspended,
                    suspended.why().reason(),
                    suspended.why().message() + still,
                    suspended.by().orElse(null));
        }
        if (standing instanceof Standing.LeftTeam left) {
            return new PhaseView(
                    Phase.Suspended, left.why().reason(), left.why().message() + still, null);
        }
        if (standing instanceof Standing.Upcoming upcoming) {
            return new PhaseView(
                    Phase.Upcoming, "Upcoming", "approved; the access begins at " + Times.text(upcoming.start()), null);
        }
        boolean granted = provisioning != null && provisioning.status() == ProvisioningStatus.Provisioned;
        return granted
                ? new PhaseView(Phase.Active, "Granted", "the access is granted" + narrowed(standing), null)
                : new PhaseView(
                        Phase.Provisioning,
                        "Provisioning",
                        "approved; the access is being granted"
                                + (provisioning == null || provisioning.platform() == null
                                        ? ""
                                        : " on DataPlatform " + provisioning.platform()
                                                + ", whose conditions say whether it answers"),
                        null);
    }

    /** The problem behind a standing, where there is one. */
    static Optional<Problem> problem(Standing standing) {
        return standing instanceof Standing.Invalid invalid ? Optional.of(invalid.problem()) : Optional.empty();
    }

    boolean isEnded() {
        return phase == Phase.Revoked || phase == Phase.Cancelled || phase == Phase.Expired || phase == Phase.Rejected;
    }

    private static boolean isStillThere(@Nullable Provisioning provisioning) {
        return provisioning != null
                && (provisioning.status() == ProvisioningStatus.Deprovisioning
                        || provisioning.status() == ProvisioningStatus.DeprovisioningFailed);
    }

    private static String waitingFor(DataUsageAgreement agreement, Approval approval) {
        var provider = agreement.getSpec().provider();
        String port = "OutputPort " + provider.outputPort() + " in namespace " + provider.namespace();
        String missing = approval.missing().isEmpty()
                ? ""
                : "; still needed: " + RequiredApprovals.inWords(approval.missing()) + " (" + approval.rule() + ")";
        if (approval.workflow() == Workflow.External) {
            return "waits for the system that decides on " + port
                    + " (workflow External): whoever holds the verb decide there records its decision" + missing;
        }
        return "waits for a decision on " + port
                + ": who may decide there annotates the agreement portcullis.dev/decision=approved or rejected, or files a Decision in namespace "
                + provider.namespace() + missing;
    }

    private static String because(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }

    private static String narrowed(Standing standing) {
        if (!(standing instanceof Standing.Current current)) {
            return "";
        }
        return (current.narrowed()
                        ? ", to less than was asked: the provider took some of status.snapshot.objects off the port, or an approver allowed less"
                        : "")
                + current.leftOut().why().map(who -> "; " + who).orElse("");
    }
}
