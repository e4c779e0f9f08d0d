package dev.portcullis.local;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.port.OutputPort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The running servers, seen from the commands: kubectl as a person would use it, and a client to wait for things. */
final class TryCluster implements AutoCloseable {
    private static final String MARK_HOST = "host: 127.0.0.1";
    private static final String MARK_PORT = "port: 5432";

    /** The exit code of what ended by SIGINT. */
    private static final int INTERRUPTED = 130;

    private final TryState state;
    private final Properties servers;
    private final KubernetesClient client;

    TryCluster(TryState state) {
        this.state = state;
        this.servers = state.serverProperties();
        Config config = Config.fromKubeconfig(Path.of(property("kubeconfig")).toFile());
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** What a command said, standard error included. */
    record Ran(int code, String output) {
        boolean succeeded() {
            return code == 0;
        }
    }

    ShopDatabase shop() {
        return new ShopDatabase(postgres());
    }

    PostgresAddress postgres() {
        return new PostgresAddress(Integer.parseInt(property("postgres.port")), property("postgres.password"));
    }

    TryEnvironment environment() {
        Path tools = Path.of(property("kubectl")).resolveSibling("");
        return new TryEnvironment(Path.of(property("kubeconfig")), tools, postgres());
    }

    Ran kubectl(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(property("kubectl")));
        command.addAll(arguments);
        return run(command);
    }

    /** As typed into a shell that has sourced {@code .try/env}. */
    Ran shell(String command) {
        return run(List.of("bash", "-c", command));
    }

    private Ran run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Checkout.root().toFile())
                    .redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.put("KUBECONFIG", property("kubeconfig"));
            environment.put(
                    "PATH", Path.of(property("kubectl")).getParent() + ":" + environment.getOrDefault("PATH", ""));
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code == INTERRUPTED) {
                // Ctrl-C is for all at the terminal: this process is about to be interrupted, too, and need not tell of
                // a failure
                Await.pause(Duration.ofSeconds(1));
            }
            return new Ran(code, output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The operator's login, where the DataPlatform of the samples looks for it. */
    void writeCredentials() {
        new PortcullisManifests(client)
                .writeCredentials("warehouse-admin", property("operator.login"), property("operator.password"));
    }

    /** The platform's sample with this server's address; below {@code .try}. */
    Path platformSample() {
        try {
            String text =
                    java.nio.file.Files.readString(Checkout.root().resolve("samples/quickstart/30-platform.yaml"));
            if (!text.contains(MARK_HOST) || !text.contains(MARK_PORT)) {
                throw new IllegalStateException("30-platform.yaml has no longer '" + MARK_HOST + "' and '" + MARK_PORT
                        + "', which are replaced by the address of the local server");
            }
            Path file = state.samples().resolve("30-platform.yaml");
            state.write(file, text.replace(MARK_PORT, "port: " + property("postgres.port")));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable
    DataUsageAgreement agreement(String namespace, String name) {
        return client.resources(DataUsageAgreement.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    @Nullable
    DataUsageAgreementStatus status(String namespace, String name) {
        DataUsageAgreement agreement = agreement(namespace, name);
        return agreement == null ? null : agreement.getStatus();
    }

    /** Where a DataPlatform says that its server is; null where there is no such DataPlatform. */
    @Nullable
    PostgresqlServer serverOf(String platform) {
        DataPlatform found =
                client.resources(DataPlatform.class).withName(platform).get();
        return found == null ? null : found.getSpec().postgresql();
    }

    /** The condition Ready of the DataPlatform, in words. */
    String platform(String name) {
        DataPlatform platform =
                client.resources(DataPlatform.class).withName(name).get();
        if (platform == null || platform.getStatus() == null) {
            return "no status yet";
        }
        return ready(platform.getStatus().conditions());
    }

    /** The condition Ready of an OutputPort, in words. */
    String port(String namespace, String name) {
        OutputPort port = client.resources(OutputPort.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (port == null || port.getStatus() == null) {
            return "no status yet";
        }
        return ready(port.getStatus().conditions());
    }

    /** {@code True, Reason: message}. */
    static String ready(List<Condition> conditions) {
        return conditions.stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .map(c -> c.status() + ", " + c.reason() + ": " + c.message())
                .orElse("no condition Ready yet");
    }

    /** The Events about an agreement, oldest first: in words, by uid. */
    Map<String, String> events(String namespace, DataUsageAgreement about) {
        String uid = about.getMetadata().getUid();
        Map<String, String> all = new LinkedHashMap<>();
        client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
                .sorted(Comparator.comparing(event -> event.getMetadata().getCreationTimestamp()))
                .forEach(event -> all.put(
                        event.getMetadata().getUid(),
                        event.getType() + " " + event.getReason() + ": " + event.getMessage()));
        return all;
    }

    boolean answers() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether the operator's health endpoint says that it is ready. */
    boolean operatorIsReady() {
        return OperatorProcess.answersOk(Integer.parseInt(property("operator.healthPort")), "/readyz");
    }

    void awaitOperator(Duration timeout) {
        Await.until(timeout, "operator ready", this::operatorIsReady);
    }

    String property(String key) {
        return servers.getProperty(key, "");
    }

    @Override
    public void close() {
        client.close();
    }
}
