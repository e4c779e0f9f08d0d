package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.AgreementCounts;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.status.OwnStatuses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountsTest {
    private final MemoryCluster cluster = MemoryCluster.standard();
    private final OwnStatuses statuses = new OwnStatuses();
    private final Counts counts = new Counts(cluster.caches(), statuses);

    @Test
    void nobodyAskedYet() {
        cluster.agreements.put(Samples.request("unseen", "taylor"));

        assertCounts(ofPort(), 0, 0);
    }

    @Test
    void countsWhoWaitsAndWhoIsActiveAlsoBeforeTheGrant() {
        cluster.agreements.put(waiting("a"));
        cluster.agreements.put(Samples.approved("b", "taylor"));
        cluster.agreements.put(Samples.provisioned("c", "quinn", "quinn"));
        DataUsageAgreement revoked = Samples.approved("d", "taylor");
        revoked.setStatus(
                Samples.status(revoked.getStatus().approval(), Phase.Revoked, null, Samples.snapshot("port-1")));
        cluster.agreements.put(revoked);

        assertCounts(ofPort(), 1, 2);
    }

    @Test
    void aProductCountsAllItsPorts() {
        cluster.ports.put(Samples.port("stock-v1", "port-2"));
        cluster.agreements.put(waiting("a"));
        cluster.agreements.put(Samples.approved("b", "taylor", "stock-v1", "port-2", "2026-11-22T11:30:00Z"));

        assertCounts(counts.ofProduct(Samples.product("orders")), 1, 1);
        assertCounts(counts.ofProduct(Samples.product("other")), 0, 0);
    }

    @Test
    void whatWasJustWrittenCounts() {
        cluster.agreements.put(waiting("a"));
        // the write of the status looks at the port again at once; the framework shows it by name, not by index
        cluster.agreements.putWritten(Samples.approved("a", "taylor"));

        assertCounts(ofPort(), 0, 1);
    }

    /** A port that nobody uses can be deleted, and nothing looks at it again when ours was put back. */
    @Test
    void whatSomebodyElseWroteInTheMeantimeDoesNotCount() {
        DataUsageAgreement ours = Samples.approved("a", "taylor");
        statuses.seed(Stream.of(ours));
        DataUsageAgreement forged = waiting("a");
        forged.getMetadata().setUid(ours.getMetadata().getUid());
        cluster.agreements.put(forged);

        assertCounts(ofPort(), 0, 1);
    }

    /** The framework may show for a moment what stood there before. */
    @Test
    void whatWasWrittenCountsAlsoWhileItIsNotShown() {
        cluster.agreements.put(waiting("a"));
        statuses.seed(cluster.caches().allAgreements());
        DataUsageAgreement written = Samples.approved("a", "taylor");
        written.getMetadata().setResourceVersion("1000");
        statuses.wrote(written);

        assertCounts(ofPort(), 0, 1);
    }

    private static void assertCounts(AgreementCounts counts, int requested, int active) {
        assertThat(counts.requested()).isEqualTo(requested);
        assertThat(counts.active()).isEqualTo(active);
    }

    private AgreementCounts ofPort() {
        return counts.ofPort(Samples.port("orders-v1", "port-1"));
    }

    private static DataUsageAgreement waiting(String name) {
        DataUsageAgreement agreement = Samples.request(name, "taylor");
        agreement.setStatus(Samples.status(
                new Approval(ApprovalStatus.Requested, Workflow.Manual, "manual", List.of(), List.of(), null),
                Phase.Requested,
                null,
                Samples.snapshot("port-1")));
        return agreement;
    }
}
