package dev.portcullis.engine.time;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a request ends that nobody decides on, and an approved agreement by what was said of its length: counted from its approval or its start, whichever is later, by the calendar in UTC. A day that the
 * month does not have is its last: a month from 31 January ends with February.
 */
public final class Limits {
    private Limits() {}

    /**
     * The dates of an agreement, once it is approved no longer than allowed.
     *
     * @param duration what was asked for, as ISO 8601 period
     */
    public static Period apply(
            Period asked, @Nullable String duration, Approval approval, @Nullable Snapshot snapshot) {
        Optional<Instant> approved = approvedAt(approval.decisions());
        if (approved.isEmpty()) {
            return unanswered(asked, snapshot);
        }
        Instant from =
                asked.start().filter(start -> start.isAfter(approved.get())).orElse(approved.get());
        Optional<Instant> end = Stream.concat(
                        asked.end().stream(),
                        Stream.concat(Stream.ofNullable(duration), longest(snapshot))
                                .map(period -> after(from, period)))
                .min(Instant::compareTo);
        return new Period(asked.start(), end);
    }

    /** How long it may wait counts from when the policies were asked, which is when it was first valid. */
    private static Period unanswered(Period asked, @Nullable Snapshot snapshot) {
        Optional<Instant> end = Stream.concat(
                        asked.end().stream(),
                        rules(snapshot)
                                .map(AppliedRule::requestTimeout)
                                .filter(Objects::nonNull)
                                .map(period -> after(
                                        Instant.parse(policiesOf(snapshot)
                                                .orElseThrow()
                                                .at()),
                                        period)))
                .min(Instant::compareTo);
        return new Period(asked.start(), end);
    }

    /** The same moment of the day, years, months and days later. */
    static Instant after(Instant from, String period) {
        ZonedDateTime start = from.atZone(ZoneOffset.UTC);
        LocalDate day = start.toLocalDate().plus(java.time.Period.parse(period));
        return start.with(day).toInstant();
    }

    private static Stream<String> longest(@Nullable Snapshot snapshot) {
        return rules(snapshot).map(AppliedRule::maxDuration).filter(Objects::nonNull);
    }

    private static Stream<AppliedRule> rules(@Nullable Snapshot snapshot) {
        return policiesOf(snapshot).map(AppliedPolicies::rules).orElse(List.of()).stream();
    }

    private static Optional<AppliedPolicies> policiesOf(@Nullable Snapshot snapshot) {
        return Optional.ofNullable(snapshot).map(Snapshot::policies);
    }

    private static Optional<Instant> approvedAt(List<DecisionRecord> decisions) {
        return decisions.stream()
                .filter(decision -> decision.decision() == Verdict.approved)
                .map(decision -> Instant.parse(decision.at()))
                .reduce((earlier, later) -> later);
    }
}
