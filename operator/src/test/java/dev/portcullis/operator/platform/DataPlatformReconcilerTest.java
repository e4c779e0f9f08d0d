package dev.portcullis.operator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DataPlatformReconcilerTest {
    private final Rig rig = new Rig();
    private final DataPlatformReconciler reconciler = new DataPlatformReconciler(
            rig.cluster.caches(),
            rig.consequences,
            rig.gate,
            rig.loops,
            new DataPlatformStatusFactory(rig.cluster.caches(), rig.loops, new PrincipalExpressions(), rig.clock),
            rig.events);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void runsTheLoopAndHasThePortsLookedAtOnce() throws Exception {
        DataPlatform warehouse = there();

        reconcile(warehouse);
        assertThat(rig.loops.state("warehouse")).isPresent();
        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(call.path())
                        .startsWith("/apis/portcullis.dev/v1alpha1/dataplatforms/warehouse/status"));
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");

        await().until(() -> rig.state().isCompared());
        rig.cluster.forgetLooks();
        reconcile(warehouse);
        assertThat(rig.cluster.lookedAgain()).doesNotContain("OutputPort checkout/orders-v1");

        reconcile(Rig.generation(warehouse, 2));
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");
    }

    @Test
    void aSecondWriteWaitsAndIsComeBackTo() throws Exception {
        DataPlatform warehouse = there();
        reconcile(warehouse);
        await().until(() -> rig.state().isCompared());
        rig.api.forgetCalls();

        // what was read is still without a status, so something differs for sure
        UpdateControl<DataPlatform> control = reconcile(warehouse);

        assertThat(rig.writes()).isEmpty();
        assertThat(control.getScheduleDelay())
                .hasValueSatisfying(delay -> assertThat(delay).isBetween(1L, 1001L));
    }

    @Test
    void aPlatformThatIsGoneHasNoLoop() throws Exception {
        DataPlatform warehouse = there();
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));
        reconcile(warehouse);
        await().until(() -> rig.platform.members("port-1").contains("taylor"));
        rig.cluster.forgetLooks();

        rig.cluster.platforms.remove(warehouse);
        reconciler.reconcile(warehouse, rig.contexts.deleted());

        assertThat(rig.loops.state("warehouse")).isEmpty();
        assertThat(rig.platform.members("port-1"))
                .as("there is nobody to say that it shall not")
                .isNotEmpty();
        assertThat(rig.cluster.lookedAgain())
                .contains("OutputPort checkout/orders-v1", "DataUsageAgreement marketing/a");
    }

    @Test
    void aNewPlatformUnderTheNameOfADeletedOneIsLookedAt() throws Exception {
        // so it is called when the new one is seen while the delete event is worked on; no other call follows
        reconciler.reconcile(there(), rig.contexts.deleted());

        assertThat(rig.loops.state("warehouse")).isPresent();
    }

    private DataPlatform there() {
        DataPlatform warehouse = rig.api.create(Samples.platform("warehouse"));
        warehouse.getMetadata().setGeneration(1L);
        rig.cluster.platforms.put(warehouse);
        rig.api.forgetCalls();
        return warehouse;
    }

    private UpdateControl<DataPlatform> reconcile(DataPlatform platform) throws InterruptedException {
        return reconciler.reconcile(platform, rig.contexts.present());
    }
}
