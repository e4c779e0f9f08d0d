package dev.portcullis.operator.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.AuditLines;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What the audit log says of an agreement that is let go. Alone: other tests write audit lines too. */
@Isolated
class AgreementEndTest {
    private static final String AGREEMENT = "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/a";

    @RegisterExtension
    private final AuditLines lines = new AuditLines();

    private final Rig rig = new Rig();
    private final AgreementReconciler reconciler = rig.agreements(() -> new Guard.Broken("not looked at"));

    @AfterEach
    void end() {
        rig.close();
    }

    /** A process that ends in between leaves nothing by which another could tell of it. */
    @Test
    void itIsSaidBeforeItIsLetGoAndOnce() throws Exception {
        DataUsageAgreement deleting = readBackToBeGone();
        rig.api.answers("PATCH", AGREEMENT, 409, "Conflict");

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> reconciler.reconcile(deleting, rig.contexts.present()))
                    .isInstanceOf(KubernetesClientException.class);
            assertThat(released()).hasSize(1);
        }

        rig.api.answersAsUsual();
        rig.api.answers("PATCH", AGREEMENT, 404, "NotFound");
        reconciler.reconcile(deleting, rig.contexts.present());
        assertThat(released()).hasSize(1);
    }

    private DataUsageAgreement readBackToBeGone() throws Exception {
        rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));
        reconciler.reconcile(deleting, rig.contexts.present());
        await().until(() -> rig.reports
                .find(deleting.getMetadata().getUid())
                .filter(report -> report.basis().equals(new Access.NotWanted(true, true)))
                .isPresent());
        return deleting;
    }

    private Stream<JsonNode> released() {
        return lines.all().stream().filter(line -> line.path("event").asText().equals("released"));
    }
}
