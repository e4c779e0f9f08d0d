package dev.portcullis.operator;

import dev.portcullis.operator.health.Page;
import dev.portcullis.operator.health.PageServer;
import dev.portcullis.operator.leader.LeaderLease;
import dev.portcullis.operator.metrics.Measurements;
import dev.portcullis.operator.metrics.MetricsPage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program around the operator: it answers kubelet and Prometheus from the first moment, waits for its turn, and works then. The end may be asked for at any
 * moment of this: from then on nothing begins, and the Lease is given back when nothing of this process can write any more, and not before.
 */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final OperatorSettings settings;
    private final KubernetesClient client;
    private final ApiServerAccess access;
    private final String identity;
    private final Clock clock;
    private final BiFunction<String, BooleanSupplier, Work> operators;
    private final Runnable lost;
    private final PageServer probes;
    private final PageServer pages;
    /** Held by what the start does that must not happen after the end; the end waits for it. */
    private final ReentrantLock acting = new ReentrantLock();

    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean closing;
    private volatile @Nullable LeaderLease lease;
    private volatile @Nullable Work operator;

    /**
     * @param identity names this start among those who wait
     * @param operators makes the operator of an installation, which asks before it writes to a platform whether it is its turn
     * @param lost called when it is another's turn
     */
    Service(
            OperatorSettings settings,
            KubernetesClient client,
            ApiServerAccess access,
            String identity,
            Clock clock,
            BiFunction<String, BooleanSupplier, Work> operators,
            Runnable lost)
            throws IOException {
        this.settings = settings;
        this.client = client;
        this.access = access;
        this.identity = identity;
        this.clock = clock;
        this.operators = operators;
        this.lost = lost;
        MetricsPage page = new MetricsPage(this::metrics, System::nanoTime);
        probes = new PageServer(
                "probes",
                settings.health(),
                Map.of("/healthz", () -> Page.probe(isLive()), "/readyz", () -> Page.probe(isReady())));
        try {
            pages = new PageServer(
                    "metrics",
                    settings.metrics(),
                    Map.of("/metrics", () -> Page.of(MetricsPage.CONTENT_TYPE, page.get())));
        } catch (IOException e) {
            probes.close();
            throw e;
        }
    }

    /**
     * Returns when the operator works.
     *
     * @return false when the end was asked for before
     */
    boolean start() throws InterruptedException {
        try {
            // the kubelet asks while the API server is waited for; and whoever installs it wants to know now whether it
            // answers, not when
            // it is its turn
            return answer()
                    && access.reach(() -> InstallationId.read(client, settings.namespace()), this::pause)
                    && awaitTurn()
                    && work();
        } catch (RuntimeException e) {
            if (!closing) {
                throw e;
            }
            LOG.debug("broken off by the end", e);
            return false;
        }
    }

    private boolean answer() {
        return unlessClosing(() -> {
            probes.start();
            pages.start();
            LOG.info("probes on port {}, metrics on port {}", probes.port(), pages.port());
        });
    }

    /** False when the end is asked for. */
    private boolean pause() {
        try {
            return !ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitTurn() throws InterruptedException {
        if (!settings.leaderElection()) {
            return true;
        }
        unlessClosing(() -> lease = new LeaderLease(client, settings.namespace(), identity, lost, clock));
        LeaderLease mine = lease;
        return mine != null && mine.await();
    }

    private boolean work() {
        access.first(() -> {
            OutOfSight.refuse(client, settings.watchNamespaces());
            return settings;
        });
        boolean goesOn = unlessClosing(() -> {
            String installation = access.first(() -> InstallationId.readOrCreate(
                    client,
                    settings.namespace(),
                    settings.installation(),
                    () -> FirstStart.takeAwayStatuses(client, this::goOn)));
            LOG.info("installation {} starts", installation);
            operator = operators.apply(installation, this::isOnTurn);
        });
        Work made = operator;
        // from here on it sees to its own end
        return goesOn && made != null && made.start();
    }

    private boolean unlessClosing(Runnable step) {
        acting.lock();
        try {
            if (!closing) {
                step.run();
            }
            return !closing;
        } finally {
            acting.unlock();
        }
    }

    private void goOn() {
        if (closing) {
            throw new CancellationException("the end was asked for");
        }
    }

    private boolean isLive() {
        Work working = operator;
        return working == null || working.isLive();
    }

    /** Whoever waits for its turn is ready to take it: an update goes on only when the new ones are. */
    private boolean isReady() {
        Work working = operator;
        return working == null ? lease != null && !leads() : working.isReady();
    }

    private boolean leads() {
        LeaderLease mine = lease;
        return settings.leaderElection() ? mine != null && mine.isHeld() : operator != null;
    }

    private boolean isOnTurn() {
        LeaderLease mine = lease;
        return !settings.leaderElection() || (mine != null && mine.isSurelyHeld());
    }

    private MetricSnapshots metrics() {
        List<MetricSnapshot> all = new ArrayList<>(List.of(Measurements.leader(leads())));
        Optional.ofNullable(operator).map(Work::metrics).ifPresent(all::addAll);
        return new MetricSnapshots(all);
    }

    /** Ends what is under way before the next one may begin. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        ended.countDown();
        if (!nothingBegins()) {
            // what is under way might write when it is another's turn: the Lease runs out when this process has ended
            LOG.warn("the start has not ended: the lease is not given back");
            return;
        }
        Work working = operator;
        if (working != null) {
            working.close();
        }
        LeaderLease mine = lease;
        if (mine != null) {
            mine.close();
        }
        probes.close();
        pages.close();
    }

    /** Waits for the step that the start is at. */
    private boolean nothingBegins() {
        try {
            if (acting.tryLock(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                acting.unlock();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
