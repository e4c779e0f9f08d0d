package dev.portcullis.operator.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.world.Counts;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DataProductReconcilerTest {
    private final Rig rig = new Rig();
    private final DataProductReconciler reconciler = new DataProductReconciler(
            rig.cluster.caches(),
            rig.consequences,
            new Counts(rig.cluster.caches(), rig.statuses),
            rig.gate,
            rig.clock,
            rig.events);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void tellsTeamAndCounts() throws Exception {
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));

        reconcile(there());

        JsonNode status = status();
        assertThat(status.at("/agreements/active").asInt()).isOne();
        assertThat(status.at("/agreements/requested").asInt()).isZero();
        assertThat(status.at("/conditions/0/status").asText()).isEqualTo("True");
        assertThat(status.at("/conditions/0/reason").asText()).isEqualTo("Accepted");
        assertThat(status.at("/conditions/0/message").asText()).isEqualTo("offered by team checkout; lifecycle Active");
        assertThat(rig.cluster.lookedAgain())
                .contains("OutputPort checkout/orders-v1", "DataUsageAgreement marketing/a");
    }

    @Test
    void saysWhenItIsSuspended() throws Exception {
        DataProduct product = there();
        product.setSpec(Samples.productSpec(null, true));

        reconcile(product);

        assertThat(status().at("/conditions/0/message").asText()).endsWith("lifecycle Active, suspended");
    }

    @Test
    void saysWhenNoTeamIsKnown() throws Exception {
        DataProduct product = there();
        product.setSpec(Samples.productSpec("finance", false));

        reconcile(product);

        assertThat(status().at("/conditions/0/status").asText()).isEqualTo("False");
        assertThat(status().at("/conditions/0/reason").asText()).isEqualTo("TeamUnknown");
    }

    @Test
    void itsPortsAreLookedAtForANewSpecAndWhenItIsGone() throws Exception {
        DataProduct product = there();
        reconcile(product);
        rig.cluster.forgetLooks();

        reconcile(product);
        assertThat(rig.cluster.lookedAgain()).isEmpty();
        reconcile(Rig.generation(product, 2));
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");

        rig.cluster.forgetLooks();
        rig.api.forgetCalls();
        rig.cluster.products.remove(product);
        reconciler.reconcile(product, rig.contexts.deleted());
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");
        assertThat(rig.writes()).isEmpty();
    }

    @Test
    void countsAreWrittenNowAndThenAfterAPause() throws Exception {
        DataProduct product = there();
        reconcile(product);
        rig.api.forgetCalls();
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));

        UpdateControl<DataProduct> control = reconcile(product);

        assertThat(rig.writes()).isEmpty();
        assertThat(control.getScheduleDelay()).isPresent();
    }

    private DataProduct there() {
        DataProduct product = Rig.generation(rig.api.create(Samples.product("orders")), 1);
        rig.cluster.products.put(product);
        rig.api.forgetCalls();
        return product;
    }

    private JsonNode status() {
        assertThat(rig.writes()).hasSize(1);
        return rig.writes().get(0).json().path("status");
    }

    private UpdateControl<DataProduct> reconcile(DataProduct product) throws InterruptedException {
        return reconciler.reconcile(product, rig.contexts.present());
    }
}
