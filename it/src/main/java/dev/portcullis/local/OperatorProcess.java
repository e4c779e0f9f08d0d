package dev.portcullis.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operator in a JVM of its own, with this JVM's classpath: it can be killed like a pod. */
public final class OperatorProcess implements AutoCloseable {
    public static final String NAMESPACE = "portcullis-system";
    public static final String SERVICE_ACCOUNT = "portcullis";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final String MAIN = "dev.portcullis.operator.Main";

    private final ChildProcess process;
    private final int healthPort = Ports.free();
    private final int metricsPort = Ports.free();

    /** {@code kubeconfig} is whose rights it has; see {@link PortcullisManifests#operatorKubeconfig}. */
    public OperatorProcess(Path kubeconfig, Path log) {
        this(kubeconfig, log, Map.of());
    }

    /** With more environment variables. */
    public OperatorProcess(Path kubeconfig, Path log, Map<String, String> environment) {
        // the first is half the time to start, and it never runs long enough here to profit from more
        this(kubeconfig, log, environment, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    }

    /** The flags of the JVM that the image starts it with, but for the heap. */
    public static List<String> jvmOfImage(String heap) {
        return List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-Xmx" + heap);
    }

    /** With other flags of the JVM. */
    public OperatorProcess(Path kubeconfig, Path log, Map<String, String> environment, List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classpath(), MAIN));
        process = new ChildProcess("operator", log, command)
                .environment(Map.of(
                        "KUBECONFIG",
                        kubeconfig.toString(),
                        "PORTCULLIS_NAMESPACE",
                        NAMESPACE,
                        "PORTCULLIS_HEALTH_PORT",
                        Integer.toString(healthPort),
                        "PORTCULLIS_METRICS_PORT",
                        Integer.toString(metricsPort),
                        // a proxy of this machine is not for connections to itself
                        "NO_PROXY",
                        "127.0.0.1,localhost"))
                .environment(environment);
    }

    /** Starts it; {@link #awaitReady} says when it works. */
    public void start() {
        process.start();
    }

    /** Returns when the operator says that it has seen everything and works. */
    public void awaitReady(Duration timeout) {
        Await.until(timeout, () -> "operator ready\n" + process.tail(15), () -> {
            if (!process.isAlive()) {
                throw new Await.NotPossible("the operator ended with code " + process.exitCode() + "; the end of "
                        + process.log() + ":\n" + process.tail(30));
            }
            return isReady();
        });
    }

    /** Whether its health endpoint says that it is ready. */
    public boolean isReady() {
        return answersOk(healthPort, "/readyz");
    }

    /** Whether its health endpoint says that it is alive. */
    public boolean isLive() {
        return answersOk(healthPort, "/healthz");
    }

    /** Ends it as a kubelet would. */
    public void stop() {
        process.stop(Duration.ofSeconds(20));
    }

    /** {@code kill -9}, in the middle of whatever it does. */
    public void kill9() {
        process.kill9();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return process.log();
    }

    public int healthPort() {
        return healthPort;
    }

    public int metricsPort() {
        return metricsPort;
    }

    /** What it tells of itself, in the text format of Prometheus. */
    public String metrics() {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }

    ChildProcess child() {
        return process;
    }

    static boolean answersOk(int port, String path) {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static String classpath() {
        // relative entries would mean another file in another working directory
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(File.pathSeparator));
    }
}
