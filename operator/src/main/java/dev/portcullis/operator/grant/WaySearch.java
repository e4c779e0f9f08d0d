package dev.portcullis.operator.grant;

import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, after comparisons and when nothing else is to do, how else people can read what agreements are about. Only words come of it: where it fails, for
 * whatever reason, nothing else does, and it is not tried again soon. Used by one thread.
 */
final class WaySearch {
    /** What comes close together is looked at together. */
    private static final Duration GATHERING = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(WaySearch.class);

    private final String platform;
    private final OtherWays ways;
    private final Searches searches;

    /** @param nanos a monotonic clock, in nanoseconds */
    WaySearch(PlatformModule module, String platform, LongSupplier nanos) {
        this.platform = platform;
        this.ways = new OtherWays(module);
        this.searches = new Searches(nanos);
    }

    void note(Comparison.Outcome outcome, List<ReportFactory.Reported> reports, Instant now) {
        ways.note(outcome, reports, now);
    }

    /** When to search next; empty: nothing is to be found out. */
    Optional<Duration> due() {
        Duration left = searches.left();
        return ways.isEmpty() ? Optional.empty() : Optional.of(left.compareTo(GATHERING) < 0 ? GATHERING : left);
    }

    /** Searches once, if it is time; what is left after that is {@link #due}. */
    List<OtherWays.Answer> run(PlatformSession session) {
        if (ways.isEmpty() || !searches.mayBegin()) {
            return List.of();
        }
        OtherWays.Piece piece = ways.next();
        searches.began();
        boolean found = false;
        try {
            List<OtherWays.Answer> answers = ways.answered(piece, session.ways(piece.agreed(), piece.ended()));
            found = true;
            return answers;
        } catch (PlatformUnavailableException | RuntimeException e) {
            LOG.warn("platform {}: what else can be read was not found out", platform, e);
            return ways.answered(piece, Map.of());
        } finally {
            searches.ended(found);
        }
    }
}
