package dev.portcullis.operator.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the agreement that is seen is the one of its name that is there. Each kind is watched by itself: where one is replaced by another of the same name, the Decision on that may be seen while the
 * watch still shows the first. What a Decision is about, and that it is refused, stands for good, so before either is written the API server is asked.
 */
final class AgreementThere {
    private static final Logger LOG = LoggerFactory.getLogger(AgreementThere.class);

    private AgreementThere() {}

    static boolean is(DataUsageAgreement seen, KubernetesClient client) {
        // the operator may list agreements, and needs no other right for it
        boolean isThere = client
                .resources(DataUsageAgreement.class)
                .inNamespace(seen.getMetadata().getNamespace())
                .withField("metadata.name", seen.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .anyMatch(one ->
                        one.getMetadata().getUid().equals(seen.getMetadata().getUid()));
        if (!isThere) {
            LOG.info(
                    "Decisions on {}/{} wait: the watch has not shown yet that another agreement, or none, has the name now",
                    seen.getMetadata().getNamespace(),
                    seen.getMetadata().getName());
        }
        return isThere;
    }
}
