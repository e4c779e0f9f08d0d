package dev.portcullis.operator;

import dev.portcullis.api.agreement.DataUsageAgreement;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all agreements of all namespaces once, page by page, before any of them is cached. */
final class EveryAgreement {
    private static final long PAGE = 500;

    private EveryAgreement() {}

    static void forEach(KubernetesClient client, Consumer<DataUsageAgreement> action) {
        @Nullable String next = null;
        do {
            KubernetesResourceList<DataUsageAgreement> page = client.resources(DataUsageAgreement.class)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(action);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }
}
