package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.review.Review.Dates;
import dev.portcullis.engine.time.Limits;
import dev.portcullis.engine.time.PeriodParser;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When the access would end, were the request approved now. */
final class EffectiveDates {
    private EffectiveDates() {}

    /** Empty where the dates that were asked for do not exist. */
    static Optional<Dates> of(
            DataUsageAgreement agreement, Optional<Approval> so, Optional<Snapshot> snapshot, Instant now) {
        if (!(PeriodParser.parse(agreement.getSpec()) instanceof PeriodParser.Result.Ok dates)) {
            return Optional.empty();
        }
        var spec = agreement.getSpec();
        Approval before = so.orElseGet(EffectiveDates::undecided);
        boolean isUndecided = before.status() == ApprovalStatus.Requested;
        @Nullable Snapshot judged = snapshot.orElse(null);
        Approval approved = isUndecided ? approved(before, now) : before;
        return Optional.of(new Dates(
                spec.start(),
                spec.end() == null ? spec.duration() : spec.end(),
                Limits.apply(dates.period(), spec.duration(), approved, judged)
                        .end()
                        .map(Times::text)
                        .orElse(null),
                isUndecided
                        ? Limits.apply(dates.period(), spec.duration(), before, judged)
                                .end()
                                .map(Times::text)
                                .orElse(null)
                        : null,
                limits(judged)));
    }

    private static Approval undecided() {
        return new Approval(ApprovalStatus.Requested, null, null, List.of(), List.of(), null);
    }

    private static Approval approved(Approval before, Instant now) {
        List<DecisionRecord> decisions = new ArrayList<>(before.decisions());
        decisions.add(new DecisionRecord(
                Verdict.approved,
                "you",
                null,
                Times.text(now),
                null,
                null,
                null,
                DecisionRecord.Via.Decision,
                null,
                null,
                null,
                null,
                List.of()));
        return new Approval(ApprovalStatus.Approved, before.workflow(), before.rule(), decisions, List.of(), null);
    }

    private static List<String> limits(@Nullable Snapshot snapshot) {
        return Optional.ofNullable(snapshot)
                .map(Snapshot::policies)
                .map(AppliedPolicies::rules)
                .orElse(List.of())
                .stream()
                .flatMap(EffectiveDates::limits)
                .toList();
    }

    private static Stream<String> limits(AppliedRule rule) {
        String name = rule.policy() + "/" + rule.rule() + ": ";
        return Stream.of(
                        line(name + "at most ", rule.maxDuration()),
                        line(name + "to be certified anew every ", rule.recertifyEvery()),
                        line(name + "to be looked at within ", rule.reviewWithin()),
                        line(name + "only for people of whom holds ", rule.asLongAs()))
                .flatMap(Optional::stream);
    }

    private static Optional<String> line(String words, @Nullable String value) {
        return Optional.ofNullable(value).map(given -> words + given);
    }
}
