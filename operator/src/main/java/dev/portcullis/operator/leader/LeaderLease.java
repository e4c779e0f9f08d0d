package dev.portcullis.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease whose holder works while the others wait. The framework's own election is not used: it loads every cache while it waits, and ends the program
 * without ending what is under way on the platforms.
 */
public final class LeaderLease implements AutoCloseable {
    public static final String NAME = "portcullis";

    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);
    private static final Duration GIVING_BACK = Duration.ofSeconds(3);
    /** Many: what wakes up from a freeze writes on until the next look. One compares two times. */
    private static final int LOOKS_PER_RENEWAL = 100;

    private State state = State.WAITS;
    private final KubernetesClient client;
    private final RenewedLock lock;
    private final Times times;
    private final Runnable lost;
    private final CompletableFuture<?> election;
    private final Future<?> looking;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lease");
        thread.setDaemon(true);
        return thread;
    });

    private enum State {
        WAITS,
        HELD,
        /** Lost or closed: what comes afterwards changes nothing. */
        OVER
    }

    /**
     * How long a holder that is not heard of keeps it, when a holder that cannot renew it gives up, and how often it is tried.
     *
     * @param renewal shorter than the duration: whoever gives up has stopped before another begins
     */
    record Times(Duration duration, Duration renewal, Duration retry) {
        static final Times USUAL = new Times(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    /**
     * Joins those who wait for it.
     *
     * @param identity another one for each start
     * @param lost called once when it was held and may be another's soon; what works must end at once
     * @param clock the machine's, as the election has it
     */
    public LeaderLease(KubernetesClient client, String namespace, String identity, Runnable lost, Clock clock) {
        this(client, namespace, identity, lost, clock, Times.USUAL);
    }

    LeaderLease(KubernetesClient client, String namespace, String identity, Runnable lost, Clock clock, Times times) {
        this.client = client;
        this.lock = new RenewedLock(namespace, NAME, identity, times.duration(), System::nanoTime, clock);
        this.times = times;
        this.lost = lost;
        election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(NAME)
                        .withLock(lock)
                        .withLeaseDuration(times.duration())
                        .withRenewDeadline(times.renewal())
                        .withRetryPeriod(times.retry())
                        // nor when it cannot be renewed: what works must have ended before
                        .withReleaseOnCancel(false)
                        .withLeaderCallbacks(new LeaderCallbacks(this::begin, this::end, this::sayWho))
                        .build())
                .build()
                .start();
        // the library looks at the time between two requests only, and one that hangs takes longer than the lease lasts
        long look = times.renewal().dividedBy(LOOKS_PER_RENEWAL).toMillis();
        looking = watch.scheduleWithFixedDelay(this::endIfNotRenewed, look, look, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns when it is held.
     *
     * @return false when it was lost or closed before
     */
    public synchronized boolean await() throws InterruptedException {
        while (state == State.WAITS) {
            wait();
        }
        return state == State.HELD;
    }

    public synchronized boolean isHeld() {
        return state == State.HELD;
    }

    /** Whether it is held for certain at this moment; asked before what must not be done beside another holder. */
    public boolean isSurelyHeld() {
        return isHeld() && lock.sinceRenewed().compareTo(times.renewal()) <= 0;
    }

    private synchronized void begin() {
        if (state == State.WAITS) {
            state = State.HELD;
            notifyAll();
        }
    }

    /** @return what it was */
    private synchronized State over() {
        State before = state;
        state = State.OVER;
        notifyAll();
        return before;
    }

    private void endIfNotRenewed() {
        if (isHeld() && !isSurelyHeld()) {
            end();
        }
    }

    private void end() {
        if (isHeld() && over() == State.HELD) {
            lost.run();
        }
    }

    /** Another can have it before time, where its clock is ahead. */
    private void sayWho(@Nullable String identity) {
        LOG.info("lease {} is held by {}", NAME, identity == null || identity.isEmpty() ? "nobody" : identity);
        if (!lock.identity().equals(identity)) {
            end();
        }
    }

    /** Gives it back, so that the next one need not wait until it runs out; where the API server does not answer, that is what happens. */
    @Override
    public void close() {
        over();
        looking.cancel(true);
        watch.shutdownNow();
        Thread giving = new Thread(this::giveBack, "lease-end");
        giving.setDaemon(true);
        giving.start();
        try {
            giving.join(GIVING_BACK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack() {
        // returns when no renewal is under way, and none comes any more
        election.cancel(true);
        try {
            lock.giveBack(client);
        } catch (KubernetesClientException | IllegalStateException e) {
            // the second where the client is closed by now: that took longer than whoever closes this waits
            LOG.warn("lease {} is not given back, the next one waits until it runs out: {}", NAME, e.getMessage());
        }
    }
}
