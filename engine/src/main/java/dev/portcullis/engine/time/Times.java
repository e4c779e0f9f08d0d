package dev.portcullis.engine.time;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in status: RFC 3339 in UTC, to the second as everywhere in Kubernetes. */
public final class Times {
    /** Takes the 30th of February for its last day: the schema of a status lets it through, and nobody else may stumble over it. */
    private static final DateTimeFormatter AS_WRITTEN =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.SMART);

    private Times() {}

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The moment that a status says, which has {@link dev.portcullis.api.Bounds#MOMENT_PATTERN}. */
    public static Instant moment(String text) {
        return AS_WRITTEN.parse(text, Instant::from);
    }

    /** What a text of a status says; empty where there is none, or none that is a time: then it was not the operator who wrote it. */
    public static Optional<Instant> of(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(moment(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
