package dev.portcullis.operator.status;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.time.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status that somebody else wrote decides what this operator finds by itself. Then it was another operator, which runs beside this one by mistake and was
 * sooner: nobody gets anything by it that they would not get anyway. Only the moments may differ by a little.
 *
 * @param own what is on record; null: nothing
 * @param found what this operator was about to write, from what is on record and from nothing else
 * @param created when the agreement was
 * @param now when it was found
 */
record FoundAlike(
        @Nullable DataUsageAgreementStatus own, DataUsageAgreementStatus found, Instant created, Instant now) {
    /** How far clocks of two operators may be apart. */
    private static final Duration APART = Duration.ofSeconds(10);
    /** How long one may take to find what the other has found. */
    private static final Duration SOONER = Duration.ofMinutes(1);

    /** It may be taken in the place of ours. */
    boolean as(DataUsageAgreementStatus read) {
        return snapshotsAlike(found.snapshot(), read.snapshot())
                && Elapsed.of(found).equals(Elapsed.of(read))
                && alike(found.approval(), read.approval());
    }

    private boolean snapshotsAlike(@Nullable Snapshot ours, @Nullable Snapshot theirs) {
        if (ours == null || theirs == null || ours.policies() == null || theirs.policies() == null) {
            return Objects.equals(ours, theirs);
        }
        boolean known = Optional.ofNullable(own)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::policies)
                .isPresent();
        return isMomentOf(theirs.policies().at(), ours.policies().at(), known)
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
                                records.get(i).at(), ours.decisions().get(i).at(), i < known))
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

    /** Where both have it on record already, the sooner of the two counts for both: nothing lasts longer by that. */
    private boolean isMomentOf(String theirs, String ours, boolean known) {
        if (theirs.equals(ours)) {
            return true;
        }
        try {
            Instant at = Instant.parse(theirs);
            Instant from = known ? Instant.parse(ours).minus(SOONER) : created.minus(APART);
            Instant to = known ? Instant.parse(ours) : now.plus(APART);
            return !at.isBefore(from) && !at.isAfter(to);
        } catch (DateTimeParseException e) {
            return false;
        }
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
