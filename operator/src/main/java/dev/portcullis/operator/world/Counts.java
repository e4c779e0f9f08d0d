package dev.portcullis.operator.world;

import dev.portcullis.api.AgreementCounts;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.operator.status.OwnStatuses;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Counts agreements by what their statuses say, as far as those are ours: what uses a port decides whether it can be deleted. */
public final class Counts {

    private final Caches caches;
    private final OwnStatuses statuses;

    public Counts(Caches caches, OwnStatuses statuses) {
        this.caches = caches;
        this.statuses = statuses;
    }

    public AgreementCounts ofPort(OutputPort port) {
        return count(agreementsOf(port));
    }

    public AgreementCounts ofProduct(DataProduct product) {
        return count(caches.portsOf(
                        product.getMetadata().getNamespace(),
                        product.getMetadata().getName())
                .flatMap(this::agreementsOf));
    }

    private Stream<DataUsageAgreement> agreementsOf(OutputPort port) {
        return caches.agreementsNaming(
                        port.getMetadata().getNamespace(), port.getMetadata().getName())
                .map(statuses::trusted);
    }

    private static AgreementCounts count(Stream<DataUsageAgreement> agreements) {
        List<DataUsageAgreementStatus> statuses = agreements
                .map(DataUsageAgreement::getStatus)
                .filter(status -> status != null)
                .toList();
        return new AgreementCounts(
                count(statuses, status -> status.phase() == Phase.Requested),
                count(statuses, Counts::isApprovedAndNotEnded),
                count(statuses, status -> Boolean.TRUE.equals(status.active())));
    }

    private static boolean isApprovedAndNotEnded(DataUsageAgreementStatus status) {
        return status.approval() != null
                && status.approval().status() == ApprovalStatus.Approved
                && status.phase() != null
                && !status.phase().isOver();
    }

    private static int count(List<DataUsageAgreementStatus> statuses, Predicate<DataUsageAgreementStatus> which) {
        return (int) statuses.stream().filter(which).count();
    }
}
