package dev.portcullis.engine.time;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in status: RFC 3339 in UTC, to the second as everywhere in Kubernetes. */
public final class Times {
    private Times() {}

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What a text of a status says; empty where there is none, or none that is a time: then it was not the operator who wrote it. */
    public static Optional<Instant> of(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
