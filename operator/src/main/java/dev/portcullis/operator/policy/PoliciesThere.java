package dev.portcullis.operator.policy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.facts.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a request was judged by the policies that are there. Each kind is watched by itself, so a request may be seen before a policy that is older, and a
 * watch may stand still for minutes; what policies say is kept for good, so before that is written the API server is asked. One answer serves all requests
 * that are older than it: revisions of the API server tell which are.
 *
 * <p>The more requests an answer has served, the longer the next ones wait until it is asked again, so that a thousand at once are a question a second, and
 * one after the other wait for nothing.
 */
public final class PoliciesThere {
    private static final Logger LOG = LoggerFactory.getLogger(PoliciesThere.class);

    private static final Seen NOBODY_LOOKS = new Seen(Set.of());
    /** How long is waited for each request that the last answer has served. */
    private static final Duration FOR_EACH = Duration.ofMillis(20);

    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** Somebody else is asking, and the answer may serve. */
    private static final Duration ASKED_NOW = Duration.ofMillis(50);
    /** The event of what is not seen yet wakes sooner. */
    private static final Duration UNSEEN_AGAIN = Duration.ofSeconds(10);

    private final World world;
    private final KubernetesClient client;
    private final LongSupplier nanos;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicInteger served = new AtomicInteger();
    private volatile Answer last = new Answer(-1, Set.of());
    private long askAgain;

    /** What the API server had at a revision. */
    private record Answer(long revision, Set<Edition> policies) {
        boolean serves(DataUsageAgreement agreement, Seen seen) {
            return policies.equals(seen.policies())
                    && revisionOf(agreement.getMetadata().getResourceVersion())
                            .filter(written -> written <= revision)
                            .isPresent();
        }
    }

    public PoliciesThere(World world, KubernetesClient client) {
        this(world, client, System::nanoTime);
    }

    /** @param nanos a monotonic clock, in nanoseconds */
    PoliciesThere(World world, KubernetesClient client, LongSupplier nanos) {
        this.world = world;
        this.client = client;
        this.nanos = nanos;
        this.askAgain = nanos.getAsLong();
    }

    /** The policies at one moment. */
    public record Seen(Set<Edition> policies) {}

    /** One edition of a policy. */
    public record Edition(String uid, @Nullable Long generation) {}

    /** Those that a request is judged by now; to be asked before it is. None where it was judged before: nobody looks at them then. */
    public Seen seen(DataUsageAgreement agreement) {
        return isJudged(agreement.getStatus()) ? NOBODY_LOOKS : new Seen(editions(world.policies()));
    }

    /**
     * How long a status with what policies said has still to wait, and then is made anew; empty: it may be written. It is not the first, or those that were
     * seen are all there are.
     */
    public Optional<Duration> wait(DataUsageAgreement agreement, DataUsageAgreementStatus status, Seen seen) {
        if (isJudged(agreement.getStatus()) || !isJudged(status)) {
            return Optional.empty();
        }
        if (last.serves(agreement, seen)) {
            served.incrementAndGet();
            return Optional.empty();
        }
        if (!asking.tryLock()) {
            return Optional.of(ASKED_NOW);
        }
        try {
            return ask(agreement, seen);
        } finally {
            asking.unlock();
        }
    }

    private Optional<Duration> ask(DataUsageAgreement agreement, Seen seen) {
        Duration left = Duration.ofNanos(askAgain - nanos.getAsLong());
        if (!left.isNegative() && !left.isZero()) {
            return Optional.of(left);
        }
        var there = client.resources(ApprovalPolicy.class).list();
        last = new Answer(revisionOf(there.getMetadata().getResourceVersion()).orElse(-1L), editions(there.getItems()));
        Duration pause = FOR_EACH.multipliedBy(served.getAndSet(0));
        askAgain = nanos.getAsLong() + (pause.compareTo(LONGEST) < 0 ? pause : LONGEST).toNanos();
        if (last.policies().equals(seen.policies())) {
            served.incrementAndGet();
            return Optional.empty();
        }
        LOG.warn(
                "{}/{} waits: the watch has not shown all ApprovalPolicies yet as they are",
                agreement.getMetadata().getNamespace(),
                agreement.getMetadata().getName());
        return Optional.of(UNSEEN_AGAIN);
    }

    private static boolean isJudged(@Nullable DataUsageAgreementStatus status) {
        return Optional.ofNullable(status)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::policies)
                .isPresent();
    }

    /** Empty where it is no number: then nothing is older than anything, and everything is asked for. */
    private static Optional<Long> revisionOf(@Nullable String resourceVersion) {
        try {
            return resourceVersion == null ? Optional.empty() : Optional.of(Long.parseLong(resourceVersion));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Set<Edition> editions(Collection<ApprovalPolicy> policies) {
        Set<Edition> editions = new HashSet<>();
        policies.forEach(policy -> editions.add(
                new Edition(policy.getMetadata().getUid(), policy.getMetadata().getGeneration())));
        return editions;
    }
}
