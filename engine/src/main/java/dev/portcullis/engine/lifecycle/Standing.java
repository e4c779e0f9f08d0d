package dev.portcullis.engine.lifecycle;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.policy.LeftOut;
import dev.portcullis.platform.Profile;
import java.time.Instant;
import java.util.Optional;

/** What an agreement is at a moment. Only {@link Current} gives access. */
public sealed interface Standing {
    /** Approved once, and taken back. */
    record Revoked(DecisionRecord decision) implements Standing {}

    /** Decided against. */
    record Rejected(DecisionRecord decision) implements Standing {}

    /** Given up by the consumer. */
    record Cancelled() implements Standing {}

    /** Past its end. */
    record Expired(Instant end) implements Standing {}

    /** Not valid, yet or any more. */
    record Invalid(Problem problem) implements Standing {}

    /**
     * Waits for a decision.
     *
     * @param inVain why an approval would give nobody the access, as the Teams are now; empty: it would give it to somebody
     */
    record Waiting(Optional<String> inVain) implements Standing {}

    /**
     * Approved, and paused by somebody or by what nobody did in time.
     *
     * @param by who decided that, where it is on record
     */
    record Suspended(Problem why, Optional<String> by) implements Standing {}

    /** Approved, and paused by what a Team says now of those who get the access: not listed, or not what a policy asks. It may have been changed by mistake. */
    record LeftTeam(Problem why) implements Standing {}

    /** Approved, its start not reached. */
    record Upcoming(Instant start) implements Standing {}

    /**
     * Approved, inside its dates, not paused.
     *
     * @param profile what it gives now
     * @param narrowed whether some of what was asked for was not allowed, or is not offered any more
     * @param leftOut whom of a team policies leave out now
     */
    record Current(Offer offer, Profile profile, boolean narrowed, LeftOut leftOut) implements Standing {}
}
