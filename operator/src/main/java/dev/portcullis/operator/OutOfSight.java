package dev.portcullis.operator;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.ProvisioningStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Agreements with access that lie outside the namespaces to watch. What is not seen is not wanted, and would be revoked; so the operator does not start
 * without them.
 */
final class OutOfSight {
    private static final int LISTED = 5;

    private OutOfSight() {}

    /**
     * @param watched the namespaces to watch; none: all
     * @throws CannotStart when there are some
     */
    static void refuse(KubernetesClient client, Set<String> watched) {
        if (watched.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>();
        EveryAgreement.forEach(client, agreement -> {
            if (!isSeen(agreement, watched) && mayHaveAccess(agreement.getStatus())) {
                found.add(agreement.getMetadata().getNamespace() + "/"
                        + agreement.getMetadata().getName() + " on "
                        + agreement.getSpec().provider().namespace() + "/"
                        + agreement.getSpec().provider().outputPort());
            }
        });
        if (!found.isEmpty()) {
            throw new CannotStart(
                    OperatorSettings.WATCH_NAMESPACES + " leaves out namespaces of " + found.size()
                            + " agreement(s) that have access or may get it back, which would be revoked unseen: "
                            + String.join(", ", found.subList(0, Math.min(LISTED, found.size())))
                            + (found.size() > LISTED ? ", ..." : "")
                            + ". Add the namespaces of consumer and provider, or end these agreements while they are still watched");
        }
    }

    private static boolean isSeen(DataUsageAgreement agreement, Set<String> watched) {
        return watched.contains(agreement.getMetadata().getNamespace())
                && watched.contains(agreement.getSpec().provider().namespace());
    }

    private static boolean mayHaveAccess(@Nullable DataUsageAgreementStatus status) {
        if (status == null) {
            return false;
        }
        boolean held =
                status.provisioning() != null && status.provisioning().status() != ProvisioningStatus.Deprovisioned;
        boolean approved = status.approval() != null
                && status.approval().status() == ApprovalStatus.Approved
                && status.phase() != null
                && !status.phase().isOver();
        return held || approved;
    }
}
