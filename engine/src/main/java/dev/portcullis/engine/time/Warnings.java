package dev.portcullis.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long before something ends people are warned.
 *
 * @param before each longer than nothing; none: nobody is warned
 */
public record Warnings(List<Duration> before) {
    public static final Warnings STANDARD = new Warnings(List.of(Duration.ofDays(7), Duration.ofDays(1)));
    public static final Warnings NONE = new Warnings(List.of());

    public Warnings {
        before = List.copyOf(before);
    }

    /** The shortest of those that have begun and are not over. */
    public Optional<Duration> reached(Instant deadline, Instant now) {
        return now.isBefore(deadline)
                ? before.stream()
                        .filter(warning -> !now.isBefore(deadline.minus(warning)))
                        .min(Duration::compareTo)
                : Optional.empty();
    }

    /** When they begin. */
    Stream<Instant> moments(Instant deadline) {
        return before.stream().map(deadline::minus);
    }
}
