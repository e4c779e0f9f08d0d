package dev.portcullis.operator.agreement;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.operator.status.GoneMeanwhile;
import dev.portcullis.operator.status.MetadataPatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * The finalizer that holds an agreement until its access is gone. Both changes name the UID and the version that was read: an agreement created anew
 * under the same name, or changed meanwhile, is another matter, and looked at anew.
 */
final class Finalizer {
    private Finalizer() {}

    static boolean isOn(DataUsageAgreement agreement) {
        return agreement.hasFinalizer(PortcullisApi.REVOKE_FINALIZER);
    }

    static void add(DataUsageAgreement agreement, KubernetesClient client) {
        List<String> finalizers = new ArrayList<>(agreement.getMetadata().getFinalizers());
        finalizers.add(PortcullisApi.REVOKE_FINALIZER);
        MetadataPatch.put(agreement, "finalizers", finalizers, client);
    }

    static void remove(DataUsageAgreement agreement, KubernetesClient client) {
        List<String> finalizers = new ArrayList<>(agreement.getMetadata().getFinalizers());
        finalizers.remove(PortcullisApi.REVOKE_FINALIZER);
        try {
            MetadataPatch.put(agreement, "finalizers", finalizers, client);
        } catch (GoneMeanwhile nothingToTakeItOff) {
            return;
        }
    }

    /** Whether it has to be on before a status is written. */
    static boolean isDue(DataUsageAgreement agreement, DataUsageAgreementStatus status) {
        return agreement.getMetadata().getDeletionTimestamp() == null
                && !isOn(agreement)
                && status.approval() != null
                && status.approval().status() == ApprovalStatus.Approved
                // what has ended is granted nothing: to record that must wait for nothing
                && (status.phase() == null || !status.phase().isOver());
    }
}
