package dev.portcullis.operator.status;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.time.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one agreement's status.
 *
 * @param uid of the agreement
 * @param revision of the agreement when its status was taken for ours last; null: not yet
 * @param status what is on record
 * @param underway what was being written since: the API server may have taken any of it although no answer came
 * @param settled whose moments were another's once, and are not changed for another's any more
 * @param others how often somebody else's had to be put back of late
 */
record OnRecord(
        String uid,
        @Nullable String revision,
        @Nullable DataUsageAgreementStatus status,
        List<DataUsageAgreementStatus> underway,
        Settled settled,
        Others others) {
    private static final int MOST_UNDERWAY = 8;

    OnRecord {
        underway = List.copyOf(underway);
    }

    static OnRecord nothing(String uid) {
        return new OnRecord(uid, null, null, List.of(), Settled.NOTHING, Others.NONE);
    }

    /**
     * @param decisions how many, from the first on
     * @param policies whether that of the policies too
     */
    record Settled(int decisions, boolean policies) {
        static final Settled NOTHING = new Settled(0, false);

        static Settled by(DataUsageAgreementStatus status) {
            return new Settled(
                    status.approval() == null
                            ? 0
                            : status.approval().decisions().size(),
                    status.snapshot() != null && status.snapshot().policies() != null);
        }
    }

    /**
     * Statuses of somebody else that were put back one after the other, with less than a minute in between.
     *
     * @param last when, if ever
     */
    record Others(int count, @Nullable Instant last) {
        static final Others NONE = new Others(0, null);
        /** Whoever insists so often is another operator, or wants to be taken for one. */
        private static final int INSISTS = 3;

        private static final Duration LATELY = Duration.ofMinutes(1);
        private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

        private boolean isOfLate(Instant now) {
            return last != null && now.isBefore(last.plus(LATELY));
        }

        boolean insist(Instant now) {
            return isOfLate(now) && count >= INSISTS;
        }

        /** How long the next is left standing: where two insist, neither of them shall do nothing else. */
        Duration pause(Instant now) {
            if (last == null || !insist(now)) {
                return Duration.ZERO;
            }
            Duration pause = Duration.ofSeconds(1L << Math.min(count - INSISTS, 5));
            Instant end = last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
        }

        Others more(Instant now) {
            return new Others(isOfLate(now) ? count + 1 : 1, now);
        }
    }

    /** The same once more is nothing new: what has settled is found at every look, and would be kept as often. */
    OnRecord writing(DataUsageAgreementStatus next) {
        if (next.equals(underway.isEmpty() ? status : underway.get(underway.size() - 1))) {
            return this;
        }
        Stream<DataUsageAgreementStatus> latest =
                underway.stream().skip(Math.max(0, underway.size() - MOST_UNDERWAY + 1));
        return new OnRecord(
                uid, revision, status, Stream.concat(latest, Stream.of(next)).toList(), settled, others);
    }

    OnRecord written(@Nullable String atRevision, @Nullable DataUsageAgreementStatus written) {
        return new OnRecord(uid, atRevision, written, List.of(), settled, others);
    }

    /** Another's is taken for ours. */
    OnRecord taken(@Nullable String atRevision, DataUsageAgreementStatus theirs) {
        return new OnRecord(uid, atRevision, theirs, List.of(), Settled.by(theirs), others);
    }

    OnRecord putBack(Instant now) {
        return new OnRecord(uid, revision, status, underway, settled, others.more(now));
    }

    /** The ports that any of the statuses names. */
    Set<String> ports() {
        return Stream.concat(Stream.ofNullable(status), underway.stream())
                .map(DataUsageAgreementStatus::snapshot)
                .filter(Objects::nonNull)
                .map(Snapshot::portUid)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a status is equal to the one on record, and another object. */
    @SuppressWarnings("ReferenceEquality") // that is what is asked
    boolean isAnother(DataUsageAgreementStatus read) {
        return status != read && read.equals(status);
    }

    /** The same, by an equal status. */
    OnRecord holding(DataUsageAgreementStatus equal) {
        return new OnRecord(uid, revision, equal, underway, settled, others);
    }

    /** Whether a status is the one on record, or one that was being written. */
    boolean is(@Nullable DataUsageAgreementStatus read) {
        return same(status, read) || underway.stream().anyMatch(one -> same(one, read));
    }

    /** All but conditions: what they say follows from the rest each time, but for what time has brought, which stays. */
    @SuppressWarnings("ReferenceEquality") // what is the same object needs no look at what is in it
    private static boolean same(@Nullable DataUsageAgreementStatus ours, @Nullable DataUsageAgreementStatus read) {
        if (ours == null || read == null) {
            return ours == null && read == null;
        }
        return ours == read
                || (ours.phase() == read.phase()
                        && Objects.equals(ours.consumer(), read.consumer())
                        && Objects.equals(ours.approval(), read.approval())
                        && Objects.equals(ours.active(), read.active())
                        && Objects.equals(ours.provisioning(), read.provisioning())
                        && Objects.equals(ours.snapshot(), read.snapshot())
                        && ours.history().equals(read.history())
                        && Objects.equals(ours.ends(), read.ends())
                        && Objects.equals(ours.recertifyBy(), read.recertifyBy())
                        && Elapsed.hasMissed(ours) == Elapsed.hasMissed(read));
    }
}
