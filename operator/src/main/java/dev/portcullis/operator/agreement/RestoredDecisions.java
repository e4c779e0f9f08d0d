package dev.portcullis.operator.agreement;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.engine.facts.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all is seen that was decided on an agreement before a backup brought it back. Each kind is watched by itself, so the agreement may be seen before a
 * Decision that came back earlier, and a pause that is seen later comes too late: before such an agreement is approved the API server is asked.
 */
final class RestoredDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredDecisions.class);

    private RestoredDecisions() {}

    /** Those that are seen, by UID; to be asked before the agreement is judged. */
    static Set<String> seen(DataUsageAgreement agreement, World world) {
        return isRestored(agreement)
                ? uids(world.decisions(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName()))
                : Set.of();
    }

    /** Whether the status may be written: it approves nothing, or those that were seen are all there are. */
    static boolean allow(
            DataUsageAgreement agreement, DataUsageAgreementStatus status, Set<String> seen, KubernetesClient client) {
        if (!isRestored(agreement) || isApproved(agreement.getStatus()) || !isApproved(status)) {
            return true;
        }
        if (seen.containsAll(uids(there(agreement, client)))) {
            return true;
        }
        LOG.warn(
                "{}/{} waits: the watch has not shown all Decisions yet that came back with it",
                agreement.getMetadata().getNamespace(),
                agreement.getMetadata().getName());
        return false;
    }

    private static List<Decision> there(DataUsageAgreement agreement, KubernetesClient client) {
        AgreementName about = new AgreementName(
                agreement.getMetadata().getNamespace(), agreement.getMetadata().getName());
        var decisions = client.resources(Decision.class)
                .inNamespace(agreement.getSpec().provider().namespace());
        List<Decision> found;
        try {
            found = decisions
                    .withField("spec.agreement.namespace", about.namespace())
                    .withField("spec.agreement.name", about.name())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            // Kubernetes 1.30 selects by no field of a kind that was added to it
            if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
                throw e;
            }
            found = decisions.list().getItems();
        }
        return found.stream()
                .filter(decision -> decision.getSpec().agreement().equals(about))
                .toList();
    }

    private static boolean isRestored(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getMetadata().getAnnotations())
                .filter(annotations -> annotations.containsKey(Annotations.RESTORED_UID))
                .isPresent();
    }

    private static boolean isApproved(@Nullable DataUsageAgreementStatus status) {
        return status != null && status.approval() != null && status.approval().status() == ApprovalStatus.Approved;
    }

    private static Set<String> uids(Collection<Decision> decisions) {
        return decisions.stream()
                .map(decision -> decision.getMetadata().getUid())
                .collect(Collectors.toSet());
    }
}
