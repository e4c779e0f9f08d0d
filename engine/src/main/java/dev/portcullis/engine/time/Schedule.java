package dev.portcullis.engine.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What time brings to an agreement.
 *
 * @param period when it may be active
 * @param recertification the next that is due; empty: none
 * @param elapsed what time has brought already
 */
public record Schedule(Period period, Optional<Recertification> recertification, Elapsed elapsed) {
    /** When it ended or will end by itself; empty: it does not. */
    public Optional<Instant> end() {
        return elapsed.end().or(period::end);
    }

    public boolean isOver(Instant now) {
        return elapsed.end().isPresent() || period.isOver(now);
    }

    /** The recertification that nobody gave in time. */
    public Optional<Recertification> missed(Instant now) {
        return recertification.filter(due -> !now.isBefore(due.by())
                || elapsed.missed()
                        .filter(due.by().truncatedTo(ChronoUnit.SECONDS)::equals)
                        .isPresent());
    }

    /** When it changes by itself. */
    public Stream<Instant> changes() {
        return Stream.of(period.start(), period.end(), recertification.map(Recertification::by))
                .flatMap(Optional::stream);
    }

    /** All moments at which there is something else to say of it. */
    public List<Instant> moments(Warnings warnings) {
        Stream<Instant> deadlines = Stream.of(period.end(), recertification.map(Recertification::by))
                .flatMap(Optional::stream);
        return Stream.concat(changes(), deadlines.flatMap(warnings::moments)).toList();
    }
}
