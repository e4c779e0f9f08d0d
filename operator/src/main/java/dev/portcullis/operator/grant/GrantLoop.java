package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Server;
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
    private static final Duration TROUBLE_DELAY = Duration.ofSeconds(5);
    private static final Duration FAILED_DELAY = Duration.ofSeconds(1);
    /** Tables that were made anew have lost every grant: twenty seconds is what people may wait for it. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(15);

    private static final Duration END_OF_BATCH = Duration.ofSeconds(15);

    private final DataPlatformSpec platform;
    private final Owner owner;
    private final Asks asks;
    private final Supplier<Map<String, Profile>> offered;
    private final Listener listener;
    private final Looks looks = new Looks();
    private final WaySearch search;
    private final PlatformModule module;
    private final Clock clock;

    private final WorkQueue queue = new WorkQueue();
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final Pace pace = new Pace(System::nanoTime);
    private final Brake brake;
    private final Comparison comparison;
    private volatile String confirmed = "";
    /** Whether everything has still to be compared: who has which principal is not known before. */
    private boolean owesEverything = true;

    private final Thread thread;
    private volatile boolean ended;
    private volatile PlatformState state = PlatformState.UNKNOWN;
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
        this.asks = asks;
        this.offered = offered;
        this.listener = listener;
        this.clock = clock;
        this.module = connector.module();
        this.brake = new Brake(
                module,
                platform.drift().maxRemovals(),
                Intervals.parse(platform.drift().interval()));
        this.comparison = new Comparison(module, owner, brake);
        this.search = new WaySearch(module, owner.platform(), System::nanoTime);
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
        return looks.of(portUid, profile);
    }

    /** Whether its thread lives, or is still to begin; only an error that leaves nothing to rely on ends it. */
    boolean isAlive() {
        return !ended;
    }

    PlatformState state() {
        return state;
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
            if (work instanceof Work.Compare compare) {
                compare(compare.scope());
            } else if (work instanceof Work.Look) {
                look();
            } else {
                search();
            }
            backoff.succeeded();
            return;
        } catch (PlatformUnavailableException e) {
            failed(Problem.healing(e.reason().name(), String.valueOf(e.getMessage())));
        } catch (CredentialsReader.NotUsableException e) {
            failed(e.problem());
        } catch (RuntimeException e) {
            LOG.error("comparison of {} failed", owner.platform(), e);
            failed(Problem.healing(
                    "ComparisonFailed",
                    "the comparison failed inside the operator, whose log says why; it is tried again"));
        }
        owesEverything = true;
        // how much of the scope was done is unknown; and whatever else happened during an outage is found by looking at
        // everything
        connection.drop();
        retryPause.await(
                backoff.failed(), () -> !confirmed.equals(confirmedBefore) || connection.hasOtherCredentials());
        queue.everythingWithin(Duration.ZERO);
    }

    /**
     * Whether the server that answers is the one on record, so that it may be written to and believed. If it is still to be recorded, everything is compared
     * as soon as it is.
     */
    private boolean isOnRightServer() throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        if (known.isRightServer(connection.server().identity(), confirmed, clock.instant())) {
            return true;
        }
        owesEverything = true;
        // recorded() goes on; this is for what gets lost
        queue.everythingWithin(TROUBLE_DELAY);
        listener.stateChanged();
        return false;
    }

    private void compare(Scope marked) throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        if (!isOnRightServer()) {
            return;
        }
        Scope scope = owesEverything ? new Scope.Everything() : pace.withRevokesPutOff(marked);
        PlatformSession current = connection.session();
        Server server = connection.server();
        List<Ask> asked = asks.in(scope, owner.platform());
        Comparison.Outcome outcome = comparison.run(current, platform, scope, asked, confirmed, clock.instant());
        if (isClosed()) {
            // its successor looks at everything anew; what this one found is no news any more
            return;
        }
        GrantLog.refused(owner.platform(), outcome.results());
        List<ReportFactory.Reported> reports = new ReportFactory(module, owner, outcome).reports();
        listener.compared(outcome.isFull(), reports);
        PlatformState before = state;
        Drift drift = Drift.of(outcome);
        GrantLog.repaired(owner.platform(), drift, clock.instant());
        state = before.next(outcome, server.version(), drift, brake.held(), clock.instant());
        if (!state.equals(before)) {
            listener.stateChanged();
        }
        search.note(outcome, reports, clock.instant());
        search.due().ifPresent(queue::searchWithin);
        queue.tryAgain(outcome.troubledPorts(), TROUBLE_DELAY);
        pace.next(scope, outcome.waits()).forEach((port, delay) -> queue.tryAgain(List.of(port), delay));
        if (scope instanceof Scope.Everything) {
            owesEverything = false;
            queue.everythingWithin(Intervals.parse(platform.drift().interval()));
            queue.lookWithin(Duration.ZERO);
        }
    }

    private void look() throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        if (connection.hasOtherCredentials()) {
            // the old ones may end any time, and connections are made anew now and then
            connection.drop();
        }
        if (!isOnRightServer()) {
            return;
        }
        Map<String, Profile> ports = offered.get();
        Looks.News news = looks.note(ports, connection.session().look(Set.copyOf(ports.values())));
        news.rebuilt().forEach(port -> {
            LOG.info("platform {}: objects of port {} were made anew", owner.platform(), port);
            queue.mark(port);
        });
        if (!news.toldOtherwise().isEmpty()) {
            listener.looked(news.toldOtherwise());
        }
        queue.lookWithin(LOOK_INTERVAL);
    }

    private void search() throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        if (!isOnRightServer()) {
            return;
        }
        List<OtherWays.Answer> answers = search.run(connection.session());
        if (!isClosed()) {
            listener.found(answers);
        }
        search.due().ifPresent(queue::searchWithin);
    }

    private void failed(Problem problem) {
        LOG.warn("platform {}: {}: {}", owner.platform(), problem.reason(), problem.message());
        PlatformState before = state;
        state = before.withOutage(problem);
        if (!state.equals(before)) {
            listener.stateChanged();
        }
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
