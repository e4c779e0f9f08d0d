package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.review.Review.Earlier;
import dev.portcullis.engine.review.Review.Holder;
import dev.portcullis.engine.review.Review.Name;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of the other requests for a port, by their statuses. */
final class PortHistory {
    /** So many of each are shown. */
    private static final int MOST = 20;

    private final World world;

    PortHistory(World world) {
        this.world = world;
    }

    /** @param team the acting team of the request that is looked at */
    Review.Access around(DataUsageAgreement request, @Nullable String team) {
        var provider = request.getSpec().provider();
        List<DataUsageAgreement> others = world.agreementsOn(provider.namespace(), provider.outputPort()).stream()
                .filter(other -> !Objects.equals(
                        other.getMetadata().getUid(), request.getMetadata().getUid()))
                .toList();
        List<Holder> holders = others.stream()
                .filter(PortHistory::isActive)
                .map(PortHistory::holder)
                .sorted(Comparator.comparing(
                                (Holder holder) -> Objects.requireNonNullElse(holder.since(), ""),
                                Comparator.reverseOrder())
                        .thenComparing(holder -> holder.agreement().namespace())
                        .thenComparing(holder -> holder.agreement().name()))
                .toList();
        String beneficiary = beneficiary(request, team);
        List<Earlier> earlier = others.stream()
                .filter(other -> isOfTheSame(other, team, beneficiary))
                .flatMap(PortHistory::refusals)
                .sorted(Comparator.comparing(Earlier::at, Comparator.reverseOrder())
                        .thenComparing(one -> one.agreement().namespace())
                        .thenComparing(one -> one.agreement().name()))
                .toList();
        return new Review.Access(
                holders.stream().limit(MOST).toList(),
                holders.size(),
                earlier.stream().limit(MOST).toList(),
                earlier.size());
    }

    private static boolean isActive(DataUsageAgreement agreement) {
        return status(agreement).map(DataUsageAgreementStatus::active).orElse(false);
    }

    private static boolean isOfTheSame(DataUsageAgreement other, @Nullable String team, String beneficiary) {
        @Nullable String theirs = team(other);
        return (team != null && team.equals(theirs)) || beneficiary.equals(beneficiary(other, theirs));
    }

    private static Holder holder(DataUsageAgreement agreement) {
        Optional<Approval> approval = status(agreement).map(DataUsageAgreementStatus::approval);
        return new Holder(
                name(agreement),
                beneficiary(agreement, team(agreement)),
                team(agreement),
                approval.flatMap(so -> DecisionsOnRecord.of(so).approval())
                        .map(DecisionRecord::at)
                        .orElse(null),
                approval.map(Approval::rule).orElse(null));
    }

    private static Stream<Earlier> refusals(DataUsageAgreement agreement) {
        return status(agreement).map(DataUsageAgreementStatus::approval).map(Approval::decisions).stream()
                .flatMap(List::stream)
                .filter(decision -> decision.decision() == Verdict.rejected || decision.decision() == Verdict.revoked)
                .map(decision -> new Earlier(
                        name(agreement),
                        beneficiary(agreement, team(agreement)),
                        decision.decision(),
                        decision.by(),
                        decision.at(),
                        decision.reason()));
    }

    private static Optional<DataUsageAgreementStatus> status(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus());
    }

    private static @Nullable String team(DataUsageAgreement agreement) {
        return status(agreement)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::team)
                .orElse(null);
    }

    /** Where no team is known: none has the name of its namespace's. */
    private static String beneficiary(DataUsageAgreement agreement, @Nullable String team) {
        return Requester.beneficiary(
                        agreement,
                        Objects.requireNonNullElse(team, agreement.getMetadata().getNamespace()))
                .label();
    }

    private static Name name(DataUsageAgreement agreement) {
        return new Name(
                agreement.getMetadata().getNamespace(), agreement.getMetadata().getName());
    }
}
