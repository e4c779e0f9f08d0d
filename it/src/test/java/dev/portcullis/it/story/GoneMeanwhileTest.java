package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.local.AtOnce;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

/** What is deleted, or written by somebody else, while the operator writes to it is no fault: nobody has to read a stack trace about it. */
class GoneMeanwhileTest {
    /** Enough that some are met in the middle of a write: without a special case for them, several of these were told as faults. */
    private static final int MANY = 60;

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void isNoFault() {
        story.offer("open", "[{name: order_items}]", "autoApprove: true");
        LogFromNowOn log = new LogFromNowOn(installation);

        KubernetesClient admin = installation.admin();
        new AtOnce(4).times(MANY, i -> {
            story.applyAsAdmin("""
                    apiVersion: portcullis.dev/v1alpha1
                    kind: OutputPort
                    metadata: {name: port-%s, namespace: $checkout}
                    spec:
                      dataProduct: orders
                      platform: $warehouse
                      postgresql: {database: shop, schema: sales, tables: [{name: customers}]}
                    """.formatted(i));
            admin.resources(OutputPort.class)
                    .inNamespace(story.checkout)
                    .withName("port-" + i)
                    .delete();
            story.request("request-" + i, "open", story.quinn, "");
            admin.resources(DataUsageAgreement.class)
                    .inNamespace(story.marketing)
                    .withName("request-" + i)
                    .delete();
        });

        // all of them have been looked at before
        story.request("last", "open", story.taylor, "");
        story.awaitPhase("last", Phase.Active);
        Installation.await("all are gone", () -> story.requests().size() == 1);
        assertThat(log.faults()).isEmpty();
    }
}
