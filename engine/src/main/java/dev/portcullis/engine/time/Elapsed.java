package dev.portcullis.engine.time;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What time has brought already, as the status of an agreement says. Clocks are set back now and then; what has expired stays expired all the same, and what was missed stays missed.
 *
 * @param end when it ended, where it has expired
 * @param missed until when it had to be recertified, where it was not
 */
public record Elapsed(Optional<Instant> end, Optional<Instant> missed) {
    /** The condition that warns of what is to come, and remembers what was missed. */
    public static final String EXPIRING = "Expiring";

    public static final String MISSED = "RecertificationMissed";

    private static final Elapsed NOTHING = new Elapsed(Optional.empty(), Optional.empty());

    public static Elapsed of(@Nullable DataUsageAgreementStatus status) {
        if (status == null) {
            return NOTHING;
        }
        Optional<Instant> end = status.phase() == Phase.Expired
                ? Times.of(status.ends()).or(() -> Optional.of(Instant.EPOCH))
                : Optional.empty();
        Optional<Instant> missed = hasMissed(status) ? Times.of(status.recertifyBy()) : Optional.empty();
        return new Elapsed(end, missed);
    }

    /** Whether a recertification was missed. */
    public static boolean hasMissed(DataUsageAgreementStatus status) {
        return status.conditions().stream().anyMatch(Elapsed::isMissed);
    }

    private static boolean isMissed(Condition condition) {
        return condition.type().equals(EXPIRING) && condition.reason().equals(MISSED);
    }
}
