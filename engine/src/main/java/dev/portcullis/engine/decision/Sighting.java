package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import java.time.Duration;
import java.time.Instant;

/**
 * How the operator comes upon a written decision. Who writes an object may send along what times it likes as those of earlier writers; what only the
 * API server and the operator write cannot be forged.
 *
 * @param created when the agreement was created
 * @param wasDecidable whether its status said before that it can be decided: under guard nobody decides earlier, but when creating it
 * @param now the moment of the look
 */
record Sighting(Instant created, boolean wasDecidable, Instant now) {
    /** How far two clocks of one cluster may be apart. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    static Sighting of(DataUsageAgreement agreement, Approval so, Instant now) {
        return new Sighting(Instant.parse(agreement.getMetadata().getCreationTimestamp()), so.workflow() != null, now);
    }

    /** The same, where another clock shows more. */
    Sighting notBefore(Instant latest) {
        return latest.isAfter(now) ? new Sighting(created, wasDecidable, latest) : this;
    }

    /** Whether the decision was there, or may have been, before the guard was. */
    boolean precedes(Instant guardedSince, WrittenDecision written) {
        if (!wasDecidable && created.isBefore(guardedSince)) {
            return true;
        }
        if (written.writtenAt().isEmpty()) {
            return created.isBefore(guardedSince);
        }
        // any change of the record under guard was made by somebody who may decide, so the youngest one counts; one
        // that is still to come was made by nobody,
        // and must not stand in the way of those that were
        return written.writtenAt().stream()
                .filter(at -> !at.isAfter(now.plus(TOLERANCE)))
                .max(Instant::compareTo)
                .map(at -> at.isBefore(guardedSince))
                .orElse(true);
    }
}
