package dev.portcullis.engine.time;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import java.time.DateTimeException;
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
 * month does not have is its last: a month from 31 January ends with February. Whoever approves or recertifies may name a day, and the first of all these counts: nothing makes an access longer than it was
 * asked for and approved.
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
        DecisionsOnRecord decisions = DecisionsOnRecord.of(approval);
        Stream<Instant> byDecision = decisions.allowing().flatMap(Limits::until);
        Stream<Instant> byLength = decisions
                .approval()
                .map(approved -> lengths(asked, duration, Times.moment(approved.at()), snapshot))
                .orElseGet(() -> unanswered(snapshot));
        Optional<Instant> end = Stream.of(asked.end().stream(), byDecision, byLength)
                .flatMap(ends -> ends)
                .min(Instant::compareTo);
        return new Period(asked.start(), end);
    }

    private static Stream<Instant> lengths(
            Period asked, @Nullable String duration, Instant approved, @Nullable Snapshot snapshot) {
        Instant from = asked.start().filter(start -> start.isAfter(approved)).orElse(approved);
        Stream<String> longest = rules(snapshot)
                .map(AppliedRule::maxDuration)
                .filter(Objects::nonNull)
                .distinct();
        return Stream.concat(Stream.ofNullable(duration), longest).map(period -> after(from, period));
    }

    /** How long it may wait counts from when the policies were asked, which is when it was first valid. */
    private static Stream<Instant> unanswered(@Nullable Snapshot snapshot) {
        return policiesOf(snapshot)
                .map(policies -> {
                    Instant asked = Times.moment(policies.at());
                    return policies.rules().stream()
                            .map(AppliedRule::requestTimeout)
                            .filter(Objects::nonNull)
                            // reading one costs more than comparing all of them
                            .distinct()
                            .map(period -> after(asked, period));
                })
                .orElseGet(Stream::empty);
    }

    /** A date that does not exist allows nothing: none should be on record, and to leave it out would make the access longer. */
    private static Stream<Instant> until(DecisionRecord decision) {
        return Stream.ofNullable(decision.until())
                .map(text -> PeriodParser.end(text).orElseGet(() -> Times.moment(decision.at())));
    }

    /**
     * The same moment of the day, years, months and days later. What is no period, or leads to where there are no dates, allows nothing: the operator writes no such one, and
     * where somebody else did nobody may stumble over it.
     */
    static Instant after(Instant from, String period) {
        try {
            ZonedDateTime start = from.atZone(ZoneOffset.UTC);
            LocalDate day = start.toLocalDate().plus(java.time.Period.parse(period));
            return start.with(day).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            return from;
        }
    }

    static Stream<AppliedRule> rules(@Nullable Snapshot snapshot) {
        return policiesOf(snapshot).map(AppliedPolicies::rules).orElse(List.of()).stream();
    }

    private static Optional<AppliedPolicies> policiesOf(@Nullable Snapshot snapshot) {
        return Optional.ofNullable(snapshot).map(Snapshot::policies);
    }
}
