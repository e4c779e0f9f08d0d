package dev.portcullis.operator.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.world.Counts;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutputPortReconcilerTest {
    private final Rig rig = new Rig();
    private final OutputPortReconciler reconciler = new OutputPortReconciler(
            rig.cluster.caches(),
            rig.consequences,
            rig.gate,
            rig.loops,
            new OutputPortStatusFactory(
                    new OfferLookup(rig.cluster.caches(), new PlatformModules(List.of(new MemoryPlatform.Module()))),
                    new TeamResolver(rig.cluster.caches()),
                    rig.loops::objectsOf,
                    new Counts(rig.cluster.caches(), rig.statuses),
                    rig.clock),
            rig.events);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aNewSpecConcernsItsAgreementsItsPlatformAndTheLoop() throws Exception {
        OutputPort port = there();
        rig.cluster.agreements.put(approved(port));

        reconcile(port);
        assertThat(rig.cluster.lookedAgain()).contains("DataUsageAgreement marketing/a", "DataPlatform warehouse");
        assertThat(rig.writes()).hasSize(1);
        rig.running();
        assertThat(rig.platform.members(port.getMetadata().getUid())).containsExactly("taylor");

        rig.cluster.forgetLooks();
        reconcile(port);
        assertThat(rig.cluster.lookedAgain()).as("the same spec").isEmpty();

        port.setSpec(Samples.portSpec(Samples.objects("orders"), false));
        int looks = rig.platform.observations().size();
        reconcile(Rig.generation(port, 2));
        await().until(() -> rig.platform.observations().size() > looks);
    }

    @Test
    void aPortThatIsGoneIsComparedAndItsAgreementsAreLookedAt() throws Exception {
        OutputPort port = there();
        rig.cluster.agreements.put(approved(port));
        rig.running();
        reconcile(port);
        rig.cluster.forgetLooks();

        rig.cluster.ports.remove(port);
        reconciler.reconcile(port, rig.contexts.deleted());

        await().until(() -> rig.platform.members(port.getMetadata().getUid()).isEmpty());
        assertThat(rig.cluster.lookedAgain()).contains("DataUsageAgreement marketing/a", "DataPlatform warehouse");
    }

    @Test
    void countsAreWrittenNowAndThenAfterAPause() throws Exception {
        OutputPort port = there();
        reconcile(port);
        rig.api.forgetCalls();
        rig.cluster.agreements.put(approved(port));

        UpdateControl<OutputPort> control = reconcile(port);

        assertThat(rig.writes()).isEmpty();
        assertThat(control.getScheduleDelay())
                .hasValueSatisfying(delay -> assertThat(delay).isBetween(1L, 1001L));
    }

    @Test
    void aPortThatIsGoneConcernsItsProduct() throws Exception {
        OutputPort port = there();
        reconcile(port);
        rig.cluster.forgetLooks();

        rig.cluster.ports.remove(port);
        reconciler.reconcile(port, rig.contexts.deleted());
        // nor do the agreements tell it, when they are revoked for that
        rig.consequences.ofAgreementCounts(approved(port));

        assertThat(rig.cluster.lookedAgain()).contains("DataProduct checkout/orders");
    }

    private static dev.portcullis.api.agreement.DataUsageAgreement approved(OutputPort port) {
        return Samples.approved("a", "taylor", "orders-v1", port.getMetadata().getUid(), "2026-11-22T11:30:00Z");
    }

    private OutputPort there() {
        OutputPort port = Rig.generation(rig.api.create(Samples.port("orders-v1", "port-1")), 1);
        rig.cluster.ports.put(port);
        rig.api.forgetCalls();
        return port;
    }

    private UpdateControl<OutputPort> reconcile(OutputPort port) throws InterruptedException {
        return reconciler.reconcile(port, rig.contexts.present());
    }
}
