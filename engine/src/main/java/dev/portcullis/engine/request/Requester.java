package dev.portcullis.engine.request;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.principal.Beneficiary;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;

/** Reads from an agreement who asked, for whom, and whether it was given up. */
public final class Requester {
    private Requester() {}

    /** The user who asked; absent where the API server stamped nobody and the client wrote nobody. */
    public static Optional<String> requestedBy(DataUsageAgreement agreement) {
        return annotation(agreement.getMetadata(), Annotations.REQUESTED_BY);
    }

    /** The user who wrote the request down in the requester's name, where that was another. */
    public static Optional<String> writtenBy(DataUsageAgreement agreement) {
        return annotation(agreement.getMetadata(), Annotations.WRITTEN_BY);
    }

    /** Why somebody who may gave the access up without revoking it; absent: nobody did. */
    public static Optional<String> orphanReason(DataUsageAgreement agreement) {
        return annotation(agreement.getMetadata(), Annotations.ORPHAN);
    }

    /** Who is to get the access: the user, else the data product, else the whole team. */
    public static Beneficiary beneficiary(DataUsageAgreement agreement, String actingTeam) {
        var consumer = agreement.getSpec().consumer();
        if (consumer.user() != null) {
            return new Beneficiary.User(consumer.user());
        }
        if (consumer.dataProduct() != null) {
            return new Beneficiary.Product(agreement.getMetadata().getNamespace(), consumer.dataProduct());
        }
        return new Beneficiary.WholeTeam(actingTeam);
    }

    private static Optional<String> annotation(ObjectMeta metadata, String name) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null
                ? Optional.empty()
                : Optional.ofNullable(annotations.get(name)).filter(value -> !value.isBlank());
    }
}
