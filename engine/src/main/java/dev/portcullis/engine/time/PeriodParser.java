package dev.portcullis.engine.time;

import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.engine.facts.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads start and end: a date, in UTC, is meant from its first to its last moment; an instant is meant as it is. */
public final class PeriodParser {
    private static final int DATE_LENGTH = "2026-12-01".length();

    private PeriodParser() {}

    /** What the dates say. */
    public sealed interface Result {
        record Ok(Period period) implements Result {}

        record Bad(Problem problem) implements Result {}
    }

    public static Result parse(DataUsageAgreementSpec spec) {
        Optional<Instant> start;
        try {
            start = instant(spec.start(), 0);
        } catch (DateTimeException e) {
            return bad("spec.start " + spec.start() + " is not a date that exists: request another agreement");
        }
        Optional<Instant> end;
        try {
            end = instant(spec.end(), 1);
        } catch (DateTimeException e) {
            return bad("spec.end " + spec.end() + " is not a date that exists: request another agreement");
        }
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            return bad("spec.end " + spec.end() + " is not after spec.start " + spec.start()
                    + ": request another agreement");
        }
        return new Result.Ok(new Period(start, end));
    }

    /** The first instant after what a last day or instant allows; empty where there is no such day. */
    public static Optional<Instant> end(String text) {
        try {
            return instant(text, 1);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @param daysAfter 0 for the first moment of a date, 1 for the moment after its last */
    private static Optional<Instant> instant(@Nullable String text, int daysAfter) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() == DATE_LENGTH) {
            return Optional.of(LocalDate.parse(text)
                    .plusDays(daysAfter)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        }
        return Optional.of(OffsetDateTime.parse(text).toInstant());
    }

    private static Result bad(String message) {
        return new Result.Bad(Problem.lasting("DatesInvalid", message));
    }
}
