package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one platform as the agreements want it. One thread takes what changed, compares, and reports; everything is compared at the start, in
 * intervals, and after every outage. It derives nothing from events: a lost one only delays until the next full comparison.
 */
final class GrantLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrantLoop.class);
    private static final Duration FAILED_DELAY = Duration.ofSeconds(1);
    private static final Duration END_OF_BATCH = Duration.ofSeconds(15);

    private final DataPlatformSpec platform;
    private final Owner owner;

    private final WorkQueue queue = new WorkQueue();
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final KnownState state;
    private final Turn turn;
    private volatile String confirmed = "";

    private final Thread thread;
    private volatile boolean ended;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final RetryPause retryPause = new RetryPause(stopping);
    private final Connection connection;
    private final KnownServer known;

    /** Hears of what a loop found. */
    interface Listener {
        /** A comparison is done, and this is to be reported of it. */
        void compared(boolean everything, List<ReportFactory.Reported> reports);

        /** The state of the platform changed. */
        void stateChanged();

        /** There is something else to say of the objects of these ports. */
        void looked(Set<String> portUids);

        /** How else people can read what these asked for; empty lists: not at all. */
        void found(List<OtherWays.Answer> answers);
    }

    GrantLoop(
            DataPlatformSpec platform,
            Owner owner,
            KnownServer known,
            PlatformConnector connector,
            CredentialsReader credentials,
            Asks asks,
            Supplier<Map<String, Profile>> offered,
            Listener listener,
            Clock clock) {
        this.platform = platform;
        this.owner = owner;
        this.known = known;
        this.connection = new Connection(platform, owner, connector, credentials);
        this.state = new KnownState(listener);
        this.turn = new Turn(
                platform,
                owner,
                connector.module(),
                connection,
                known,
                asks,
                offered,
                listener,
                queue,
                state,
                this::isClosed,
                clock);
        this.thread = new Thread(
                () -> {
                    try {
                        run();
                    } finally {
                        ended = true;
                    }
                },
                "grants-" + owner.platform());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void mark(String portUid) {
        queue.mark(portUid);
    }

    void follow() {
        queue.follow();
    }

    void markNew(String portUid) {
        queue.markNew(portUid);
    }

    /** Somebody has confirmed what is held back, by the code it is shown with. */
    void confirm(String code) {
        if (!code.equals(confirmed)) {
            confirmed = code;
            queue.everythingWithin(Duration.ZERO);
        }
    }

    /** What the platform's status says of its server. */
    void recorded(@Nullable ServerIdentity onRecord) {
        if (known.isRecorded(onRecord)) {
            queue.everythingWithin(Duration.ZERO);
        }
    }

    /** What the last look found of exactly these objects of a port; empty: nobody has looked yet. */
    Optional<ObjectsFound> objectsOf(String portUid, Profile profile) {
        return turn.objectsOf(portUid, profile);
    }

    /** Whether its thread lives, or is still to begin; only an error that leaves nothing to rely on ends it. */
    boolean isAlive() {
        return !ended;
    }

    PlatformState state() {
        return state.current();
    }

    KnownServer known() {
        return known;
    }

    DataPlatformSpec platform() {
        return platform;
    }

    private void run() {
        while (!isClosed()) {
            try {
                Work work = queue.take();
                if (!isClosed()) {
                    workOrPutBack(work);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (RuntimeException e) {
                LOG.error("the loop of {} goes on after", owner.platform(), e);
                queue.everythingWithin(FAILED_DELAY);
            }
        }
        connection.close();
    }

    private void workOrPutBack(Work work) throws InterruptedException {
        // somebody may confirm while it fails
        String confirmedBefore = confirmed;
        try {
            turn.take(work, confirmed);
            backoff.succeeded();
            return;
        } catch (PlatformUnavailableException e) {
            failed(Problem.healing(e.reason().name(), String.valueOf(e.getMessage())));
        } catch (CredentialsReader.NotUsableException e) {
            failed(e.problem());
        } catch (RuntimeException e) {
            LOG.error("comparison of {} failed", owner.platform(), e);
            failed(
                    Problem.healing(
                            "ComparisonFailed",
                            "the comparison failed by a fault of the operator itself; it is tried again. If this stays, whoever runs the operator finds the fault in its log and reports it"));
        }
        turn.oweEverything();
        // how much of the scope was done is unknown; and whatever else happened during an outage is found by looking at
        // everything
        connection.drop();
        retryPause.await(
                backoff.failed(), () -> !confirmed.equals(confirmedBefore) || connection.hasOtherCredentials());
        queue.everythingWithin(Duration.ZERO);
    }

    private void failed(Problem problem) {
        LOG.warn("platform {}: {}: {}", owner.platform(), problem.reason(), problem.message());
        state.next(before -> before.withOutage(problem));
    }

    private boolean isClosed() {
        return stopping.getCount() == 0;
    }

    /** Takes no new work; what is under way goes on. */
    void endSoon() {
        stopping.countDown();
        queue.close();
    }

    /** Ends after the batch under way; one that hangs loses its connections, so that it does nothing beside a successor. */
    @Override
    public void close() {
        endSoon();
        try {
            thread.join(END_OF_BATCH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            connection.close();
            thread.interrupt();
        }
    }
}
