package dev.portcullis.engine.status;

import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Schedule;
import dev.portcullis.engine.time.Times;
import dev.portcullis.engine.time.Warnings;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of time.
 *
 * @param schedule empty where the dates are none
 */
public record Timing(Optional<Schedule> schedule, Clocks clocks, Warnings warnings) {
    /** When it changes, or there is something else to say, as the operator's clock will say; empty: never by itself. */
    public Optional<Instant> wakeAt(Standing standing) {
        return running(standing).flatMap(times -> clocks.next(times.moments(warnings)));
    }

    Instant now() {
        return clocks.earlier();
    }

    /** The schedule of what time can still bring something to. */
    Optional<Schedule> running(Standing standing) {
        return schedule.filter(times -> !isOver(standing));
    }

    /** When it ended or ends by itself. */
    @Nullable
    String ends(Standing standing) {
        return schedule.filter(times -> standing instanceof Standing.Expired || !isOver(standing))
                .flatMap(Schedule::end)
                .map(Times::text)
                .orElse(null);
    }

    @Nullable
    String recertifyBy(Standing standing) {
        return running(standing)
                .flatMap(Schedule::recertification)
                .map(due -> Times.text(due.by()))
                .orElse(null);
    }

    private static boolean isOver(Standing standing) {
        return standing instanceof Standing.Revoked
                || standing instanceof Standing.Rejected
                || standing instanceof Standing.Cancelled
                || standing instanceof Standing.Expired;
    }
}
