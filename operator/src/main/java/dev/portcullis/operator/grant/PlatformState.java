package dev.portcullis.operator.grant;

import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the grant loop knows of its platform.
 *
 * @param outage why the platform cannot be used; empty when it can
 * @param version of the server; empty until it was reached
 * @param lastFullComparison when everything was last compared; empty until it was
 * @param counts of the entitlements held on the platform
 * @param repairedMissing entitlements found missing and granted again since the operator started
 * @param repairedExtra entitlements found that nobody wanted, and revoked, since the operator started
 * @param leftovers what stays although nobody wants it
 * @param warnings what is not as it should be on the platform as a whole
 * @param held what nobody wants, and is not taken away before somebody confirms
 * @param others what others have on the same server
 */
public record PlatformState(
        Optional<Problem> outage,
        String version,
        Optional<Instant> lastFullComparison,
        Counts counts,
        int repairedMissing,
        int repairedExtra,
        List<Plan.Leftover> leftovers,
        List<Plan.Warning> warnings,
        Held held,
        Others others) {
    static final PlatformState UNKNOWN = new PlatformState(
            Optional.of(
                    Problem.healing("NotReachedYet", "the platform has not been reached since the operator started")),
            "",
            Optional.empty(),
            Counts.NONE,
            0,
            0,
            List.of(),
            List.of(),
            Held.NOTHING,
            Others.NONE);

    /** Whether everything was compared at least once, so that counts can be believed. */
    public boolean isCompared() {
        return lastFullComparison.isPresent();
    }

    /** How many entitlements are held on the platform. */
    public int entitlements() {
        return counts.total();
    }

    /** What is known after one more comparison. */
    PlatformState next(Comparison.Outcome outcome, String versionNow, Drift drift, Held heldNow, Instant now) {
        boolean full = outcome.isFull();
        List<Plan.Leftover> left = full
                ? outcome.remaining().leftovers()
                : Stream.concat(
                                leftovers.stream()
                                        .filter(leftover -> !outcome.scope().covers(leftover.portUid())),
                                outcome.remaining().leftovers().stream())
                        .toList();
        return new PlatformState(
                Optional.empty(),
                versionNow,
                full ? Optional.of(now) : lastFullComparison,
                counts.next(outcome),
                repairedMissing + drift.missing().size(),
                repairedExtra + drift.extra().size(),
                left,
                outcome.remaining().warnings(),
                heldNow,
                others.next(full, outcome.before(), outcome.after()));
    }

    PlatformState withOutage(Problem problem) {
        return new PlatformState(
                Optional.of(problem),
                version,
                lastFullComparison,
                counts,
                repairedMissing,
                repairedExtra,
                leftovers,
                warnings,
                held,
                others);
    }
}
