package dev.portcullis.operator;

import dev.portcullis.operator.external.ClusterAccessGrants;
import dev.portcullis.operator.health.HealthServer;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.time.ServerClock;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.external.ExternalConnector;
import dev.portcullis.platform.postgresql.PostgresqlConnector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator and stops it on SIGTERM. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(Main::endOnError);
        try {
            run();
        } catch (CannotStart e) {
            LOG.error("the operator cannot start: {}", e.getMessage());
            LOG.debug("the cause", e);
            System.exit(1);
        } catch (IOException | RuntimeException e) {
            // half a start is none: end, and be started again
            LOG.error("the operator cannot start", e);
            System.exit(1);
        }
    }

    /**
     * After an error (no memory, a class that cannot be loaded, a stack too deep) nothing can be relied on: the framework keeps what the thread was doing
     * under way for ever. End at once and be started again, rather than go on with a part of the threads.
     */
    private static void endOnError(Thread thread, Throwable problem) {
        LOG.error("thread {} ended", thread.getName(), problem);
        if (problem instanceof Error) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run() throws IOException, InterruptedException {
        OperatorSettings settings = OperatorSettings.from(System.getenv());
        ApiServerAccess.checkKubeconfig(System.getenv());
        ServerClock server = new ServerClock(System::nanoTime);
        KubernetesClient client = new KubernetesClientBuilder()
                .withKubernetesSerialization(ApiServerJson.serialization())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("server-clock", server))
                .build();
        ApiServerAccess access = ApiServerAccess.of(client.getConfiguration(), System.getenv());
        LOG.info("API server {}", access);
        String installation =
                access.first(() -> InstallationId.readOrCreate(client, settings.namespace(), settings.installation()));
        // in a queue of its own: a thousand AccessGrants at once do not displace what is said of agreements
        EventRecorder grantEvents = new EventRecorder(client, Clock.systemUTC());
        List<PlatformConnector> connectors =
                List.of(new PostgresqlConnector(), new ExternalConnector(new ClusterAccessGrants(client, grantEvents)));
        PortcullisOperator operator = new PortcullisOperator(
                client, settings.namespace(), installation, connectors, Clock.systemUTC(), server, settings.warnings());
        HealthServer health = new HealthServer(settings.health(), operator::isLive, operator::isReady);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("stopping");
                            operator.close();
                            grantEvents.close();
                            health.close();
                            client.close();
                            LOG.info("stopped");
                            stopped.countDown();
                        },
                        "shutdown"));
        health.start();
        LOG.info("installation {} starts; health on port {}", installation, health.port());
        operator.start();
        LOG.info("ready");
        stopped.await();
    }
}
