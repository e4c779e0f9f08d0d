package dev.portcullis.operator.decision;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.operator.status.MetadataPatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;

/** Writes down, on the Decision itself, which agreement it is about: unlike its status, that survives a backup. */
final class AgreementUid {
    private AgreementUid() {}

    static void write(Decision decision, String says, KubernetesClient client) {
        Map<String, String> annotations = new TreeMap<>();
        if (decision.getMetadata().getAnnotations() != null) {
            annotations.putAll(decision.getMetadata().getAnnotations());
        }
        annotations.put(Annotations.AGREEMENT_UID, says);
        MetadataPatch.put(decision, "annotations", annotations, client);
    }
}
