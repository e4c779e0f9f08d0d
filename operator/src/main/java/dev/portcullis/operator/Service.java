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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program around the operator: it answers kubelet and Prometheus from the first moment, waits for its turn, and works then. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final OperatorSettings settings;
    private final KubernetesClient client;
    private final ApiServerAccess access;
    private final String identity;
    private final Function<String, PortcullisOperator> operators;
    private final Runnable lost;
    private final PageServer probes;
    private final PageServer pages;
    private volatile @Nullable LeaderLease lease;
    private volatile @Nullable PortcullisOperator operator;

    /**
     * @param identity names this start among those who wait
     * @param operators makes the operator of an installation
     * @param lost called when it is another's turn
     */
    Service(
            OperatorSettings settings,
            KubernetesClient client,
            ApiServerAccess access,
            String identity,
            Function<String, PortcullisOperator> operators,
            Runnable lost)
            throws IOException {
        this.settings = settings;
        this.client = client;
        this.access = access;
        this.identity = identity;
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

    /** Returns when the operator works. */
    void start() throws InterruptedException {
        // whoever installs it wants to know now, not when it is its turn
        access.first(() -> InstallationId.read(client, settings.namespace()));
        probes.start();
        pages.start();
        LOG.info("probes on port {}, metrics on port {}", probes.port(), pages.port());
        if (settings.leaderElection()) {
            LeaderLease mine = new LeaderLease(client, settings.namespace(), identity, lost);
            lease = mine;
            mine.await();
        }
        access.first(() -> {
            OutOfSight.refuse(client, settings.watchNamespaces());
            return settings;
        });
        String installation = access.first(() -> InstallationId.readOrCreate(
                client, settings.namespace(), settings.installation(), () -> FirstStart.takeAwayStatuses(client)));
        LOG.info("installation {} starts", installation);
        PortcullisOperator started = operators.apply(installation);
        operator = started;
        started.start();
    }

    private boolean isLive() {
        PortcullisOperator working = operator;
        return working == null || working.isLive();
    }

    /** Whoever waits for its turn is ready to take it: an update goes on only when the new ones are. */
    private boolean isReady() {
        PortcullisOperator working = operator;
        return working == null ? lease != null && !leads() : working.isReady();
    }

    private boolean leads() {
        LeaderLease mine = lease;
        return settings.leaderElection() ? mine != null && mine.isHeld() : operator != null;
    }

    private MetricSnapshots metrics() {
        List<MetricSnapshot> all = new ArrayList<>(List.of(Measurements.leader(leads())));
        Optional.ofNullable(operator).map(PortcullisOperator::metrics).ifPresent(all::addAll);
        return new MetricSnapshots(all);
    }

    /** Ends what is under way before the next one may begin. */
    @Override
    public void close() {
        PortcullisOperator working = operator;
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
}
