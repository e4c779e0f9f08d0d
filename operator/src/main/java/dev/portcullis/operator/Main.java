package dev.portcullis.operator;

import dev.portcullis.operator.external.ClusterAccessGrants;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.time.ServerClock;
import dev.portcullis.operator.watch.WatchConnections;
import dev.portcullis.operator.watch.WatchPace;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.external.ExternalConnector;
import dev.portcullis.platform.postgresql.PostgresqlConnector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator and stops it on SIGTERM; with the argument {@code check} it looks whether an installation is whole, and ends. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final String CHECK = "check";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        LastResort lastResort = new LastResort(Main::halt);
        Thread.setDefaultUncaughtExceptionHandler(lastResort);
        try {
            if (arguments.length == 0) {
                run(lastResort);
            } else if (List.of(arguments).equals(List.of(CHECK))) {
                System.exit(check() ? 0 : 1);
            } else {
                LOG.error(
                        "unknown arguments {}: none runs the operator, {} looks whether an installation is whole",
                        List.of(arguments),
                        CHECK);
                System.exit(2);
            }
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

    private static void run(LastResort lastResort) throws IOException, InterruptedException {
        OperatorSettings settings = OperatorSettings.from(System.getenv());
        ApiServerAccess.checkKubeconfig(System.getenv());
        ServerClock server = new ServerClock(System::nanoTime);
        WatchConnections connections = new WatchConnections(new JdkHttpClientFactory());
        KubernetesClient client = client(server, connections);
        ApiServerAccess access = ApiServerAccess.of(client.getConfiguration(), System.getenv());
        LOG.info("API server {}", access);
        access.requireTls();
        // in a queue of its own: a thousand AccessGrants at once do not displace what is said of agreements
        EventRecorder grantEvents = new EventRecorder(client, Clock.systemUTC());
        List<PlatformConnector> connectors =
                List.of(new PostgresqlConnector(), new ExternalConnector(new ClusterAccessGrants(client, grantEvents)));
        Service service = new Service(
                settings,
                client,
                access,
                identity(),
                Clock.systemUTC(),
                (installation, turn) -> new PortcullisOperator(
                        client,
                        settings.namespace(),
                        installation,
                        connectors.stream()
                                .<PlatformConnector>map(connector -> new OnlyOnTurn(connector, turn))
                                .toList(),
                        Clock.systemUTC(),
                        server,
                        settings.warnings(),
                        settings.watchNamespaces(),
                        connections,
                        WatchPace.STANDARD),
                Main::endWithoutTurn);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("stopping");
                            lastResort.letItEnd();
                            service.close();
                            grantEvents.close();
                            client.close();
                            LOG.info("stopped");
                            stopped.countDown();
                        },
                        "shutdown"));
        if (service.start()) {
            LOG.info("ready");
        }
        stopped.await();
    }

    private static boolean check() {
        ApiServerAccess.checkKubeconfig(System.getenv());
        OperatorSettings settings = OperatorSettings.from(System.getenv());
        try (KubernetesClient client = client(new ServerClock(System::nanoTime), new JdkHttpClientFactory())) {
            return check(client, settings.namespace(), System.getenv());
        }
    }

    /**
     * Whether an installation is whole; the log says what is not.
     *
     * @throws CannotStart when the operator would not start with this client either
     */
    static boolean check(KubernetesClient client, String namespace, Map<String, String> environment) {
        ApiServerAccess.of(client.getConfiguration(), environment).requireTls();
        Map<String, Optional<String>> found = new InstallationCheck(client, namespace, Clock.systemUTC()).run();
        found.forEach((what, wrong) ->
                wrong.ifPresentOrElse(why -> LOG.error("NOT so: {}: {}", what, why), () -> LOG.info("{}", what)));
        return found.values().stream().allMatch(Optional::isEmpty);
    }

    private static KubernetesClient client(ServerClock server, HttpClient.Factory factory) {
        return new KubernetesClientBuilder()
                .withHttpClientFactory(factory)
                .withKubernetesSerialization(ApiServerJson.serialization())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("server-clock", server))
                .build();
    }

    /** The pod's name, for people, and something that no other start has. */
    private static String identity() {
        return System.getenv().getOrDefault("HOSTNAME", "operator") + "_" + UUID.randomUUID();
    }

    /** Another may begin within seconds: nothing is ended in an orderly way, as that could take longer. */
    private static void endWithoutTurn() {
        LOG.error("the lease is lost: another operator may work now, so this one ends at once and is started again");
        halt();
    }

    private static void halt() {
        Runtime.getRuntime().halt(1);
    }
}
