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
 * When an approved agreement ends by what was said of its length: counted from its approval or its start, whichever is later, by the calendar in UTC. A day that the
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
            return asked;
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

    /** The same moment of the day, years, months and days later. */
    static Instant after(Instant from, String period) {
        ZonedDateTime start = from.atZone(ZoneOffset.UTC);
        LocalDate day = start.toLocalDate().plus(java.time.Period.parse(period));
        return start.with(day).toInstant();
    }

    private static Stream<String> longest(@Nullable Snapshot snapshot) {
        return Optional.ofNullable(snapshot)
                .map(Snapshot::policies)
                .map(AppliedPolicies::rules)
                .orElse(List.of())
                .stream()
                .map(AppliedRule::maxDuration)
                .filter(Objects::nonNull);
    }

    private static Optional<Instant> approvedAt(List<DecisionRecord> decisions) {
        return decisions.stream()
                .filter(decision -> decision.decision() == Verdict.approved)
                .map(decision -> Instant.parse(decision.at()))
                .reduce((earlier, later) -> later);
    }
}
