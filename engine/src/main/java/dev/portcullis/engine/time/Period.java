package dev.portcullis.engine.time;

import java.time.Instant;
import java.util.Optional;

/**
 * When an agreement may be active.
 *
 * @param start the first instant; absent: from approval on
 * @param end the first instant at which it is over; absent: no end
 */
public record Period(Optional<Instant> start, Optional<Instant> end) {
    public boolean isOver(Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    public boolean isUpcoming(Instant now) {
        return start.isPresent() && now.isBefore(start.get());
    }
}
