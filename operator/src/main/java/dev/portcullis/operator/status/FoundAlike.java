package dev.portcullis.operator.status;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.time.Elapsed;
import dev.portcullis.engine.time.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status that somebody else wrote decides what this operator finds by itself. Then it was another operator, which runs beside this one by mistake and was
 * sooner: nobody gets anything by it that they would not get anyway. Only the moments may differ by a little, each once: whoever could change them again and again could
 * have them say anything.
 *
 * @param own what is on record; null: nothing
 * @param settled whose moments do not change any more
 * @param found what this operator was about to write, from what is on record and from nothing else
 * @param created when the agreement was
 * @param now when it was found
 */
record FoundAlike(
        @Nullable DataUsageAgreementStatus own,
        OnRecord.Settled settled,
        DataUsageAgreementStatus found,
        Instant created,
        Instant now) {
    /** How far clocks of two operators may be apart. */
    private static final Duration APART = Duration.ofSeconds(10);
    /** How long one may take to find what the other has found. */
    private static final Duration SOONER = Duration.ofMinutes(1);

    /** It may be taken in the place of ours. */
    boolean as(DataUsageAgreementStatus read) {
        return snapshotsAlike(found.snapshot(), read.snapshot())
                && Elapsed.of(found).equals(Elapsed.of(read))
                && alike(found.approval(), read.approval())
                && isExplained(read.provisioning());
    }

    /** It names nobody and nothing but what is known here, and leaves out nobody who has access by both. */
    private boolean isExplained(@Nullable Provisioning theirs) {
        Set<String> before = principals(own == null ? null : own.provisioning());
        Set<String> here = principals(found.provisioning());
        Set<String> there = principals(theirs);
        return there.stream().allMatch(one -> before.contains(one) || here.contains(one))
                && here.stream().allMatch(one -> !before.contains(one) || there.contains(one))
                && (theirs == null
                        || (isKnown(Provisioning::platform, theirs) && isKnown(Provisioning::reference, theirs)));
    }

    private boolean isKnown(Function<Provisioning, @Nullable String> field, Provisioning theirs) {
        @Nullable String said = field.apply(theirs);
        return said == null
                || Stream.of(Optional.ofNullable(own), Optional.of(found))
                        .flatMap(Optional::stream)
                        .map(DataUsageAgreementStatus::provisioning)
                        .filter(Objects::nonNull)
                        .anyMatch(known -> said.equals(field.apply(known)));
    }

    private static Set<String> principals(@Nullable Provisioning provisioning) {
        return provisioning == null ? Set.of() : Set.copyOf(provisioning.principals());
    }

    private boolean snapshotsAlike(@Nullable Snapshot ours, @Nullable Snapshot theirs) {
        if (ours == null || theirs == null || ours.policies() == null || theirs.policies() == null) {
            return Objects.equals(ours, theirs);
        }
        boolean known = Optional.ofNullable(own)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::policies)
                .isPresent();
        return isMomentOf(theirs.policies().at(), ours.policies().at(), known, settled.policies())
                && ours.equals(theirs.withPolicies(new AppliedPolicies(
                        ours.policies().at(), theirs.policies().rules())));
    }

    private boolean alike(@Nullable Approval ours, @Nullable Approval theirs) {
        if (ours == null || theirs == null) {
            return ours == null && theirs == null;
        }
        int known = Optional.ofNullable(own)
                .map(DataUsageAgreementStatus::approval)
                .map(approval -> approval.decisions().size())
                .orElse(0);
        List<DecisionRecord> records = theirs.decisions();
        return records.size() == ours.decisions().size()
                && IntStream.range(0, records.size())
                        .allMatch(i -> isMomentOf(
                                records.get(i).at(), ours.decisions().get(i).at(), i < known, i < settled.decisions()))
                && ours.equals(new Approval(
                        theirs.status(),
                        theirs.workflow(),
                        theirs.rule(),
                        IntStream.range(0, records.size())
                                .mapToObj(i -> at(
                                        records.get(i), ours.decisions().get(i).at()))
                                .toList(),
                        theirs.missing(),
                        theirs.refusedDecision(),
                        theirs.decidedBy()));
    }

    /** The sooner of the two counts for both: nothing lasts longer by that. Where ours was found only now, theirs was not long ago, and after the request. */
    private boolean isMomentOf(String theirs, String ours, boolean known, boolean isSettled) {
        if (theirs.equals(ours) || isSettled) {
            return theirs.equals(ours);
        }
        Optional<Instant> last = Times.of(ours);
        Optional<Instant> at = Times.of(theirs);
        if (last.isEmpty() || at.isEmpty()) {
            return false;
        }
        Instant since = (known ? last.get() : now).minus(SOONER);
        Instant from = since.isAfter(created.minus(APART)) ? since : created.minus(APART);
        return !at.get().isBefore(from) && !at.get().isAfter(last.get());
    }

    private static DecisionRecord at(DecisionRecord record, String at) {
        return new DecisionRecord(
                record.decision(),
                record.by(),
                record.recordedBy(),
                at,
                record.reason(),
                record.link(),
                record.metadata(),
                record.via(),
                record.request(),
                record.until(),
                record.select(),
                record.object(),
                record.groups(),
                record.rowFilter());
    }
}
