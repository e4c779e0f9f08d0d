package dev.portcullis.local;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * etcd and kube-apiserver, and kube-controller-manager where asked, on loopback. Unlike kube-api-test's, this API server can be
 * stopped, killed and started again on the same port with the same data, which is what a restart looks like to an
 * operator.
 */
public final class KubeControlPlane implements AutoCloseable {
    /**
     * The controllers a namespace needs to come and go: without {@code clusterrole-aggregation-controller} aggregated roles
     * would stay empty.
     */
    private static final String CONTROLLERS =
            "namespace-controller,garbage-collector-controller,serviceaccount-controller,"
                    + "serviceaccount-token-controller,root-ca-certificate-publisher-controller,"
                    + "clusterrole-aggregation-controller";

    private final Path logs;
    private final Path tools;
    private final List<String> flags;
    private final KubeCredentials credentials;
    private final Map<List<String>, KubernetesClient> clients = new ConcurrentHashMap<>();
    private final Etcd etcd;
    private final ChildProcess apiServer;
    private @Nullable ChildProcess controllerManager;
    private int port;

    private KubeControlPlane(Path dir, Path logs, Path tools, List<String> flags) {
        this.logs = logs;
        this.tools = tools;
        this.flags = flags;
        credentials = new KubeCredentials(dir);
        etcd = Etcd.start(dir, logs, tools);
        apiServer = startFirstApiServer();
    }

    /** Starts etcd and the API server with their data below {@code dir}, which must be new; returns when they are ready. */
    public static KubeControlPlane start(Path dir) {
        return start(dir, dir);
    }

    /** As above, with another folder for the logs. */
    public static KubeControlPlane start(Path dir, Path logs) {
        return start(dir, logs, List.of());
    }

    /** As above, with more flags for the API server. */
    public static KubeControlPlane start(Path dir, Path logs, List<String> flags) {
        try {
            Files.createDirectories(dir);
            return new KubeControlPlane(
                    dir.toAbsolutePath(),
                    logs.toAbsolutePath(),
                    Checkout.kubeTools("etcd", "kube-apiserver", "kubectl"),
                    List.copyOf(flags));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---------------------------------------------------------------------------------------- clients

    /** A client of the cluster's administrator (system:masters, beyond RBAC). Closed with the control plane. */
    public KubernetesClient client() {
        return clients.computeIfAbsent(List.of(), none -> newClient(credentials.adminConfig(url())));
    }

    /** A client with the rights of somebody else. Closed with the control plane. */
    public KubernetesClient as(String user, String... groups) {
        List<String> key = new ArrayList<>(List.of(user));
        key.addAll(List.of(groups));
        return clients.computeIfAbsent(
                List.copyOf(key),
                k -> newClient(new ConfigBuilder(credentials.adminConfig(url()))
                        .withImpersonateUsername(user)
                        .withImpersonateGroups(groups)
                        .build()));
    }

    /** A kubeconfig file of the administrator. */
    public Path kubeconfig() {
        return credentials.adminKubeconfig();
    }

    /** A kubeconfig file of a service account that exists, with a token that outlives any test. */
    public Path kubeconfigFor(String namespace, String serviceAccount) {
        TokenRequest request = client().serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(Duration.ofDays(365).toSeconds())
                        .endSpec()
                        .build());
        return credentials.writeServiceAccountKubeconfig(
                url(), namespace, serviceAccount, request.getStatus().getToken());
    }

    /** The kubectl of the same version. */
    public Path kubectl() {
        return tools.resolve("kubectl");
    }

    /** The folder of the Kubernetes programs, for PATH. */
    public Path tools() {
        return tools;
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    // ---------------------------------------------------------------------------------------- stop and go

    /** Ends the API server as a rolling update would: watches are closed, running requests are answered. */
    public void stopApiServer() {
        apiServer.stop(Duration.ofSeconds(15));
    }

    /** {@code kill -9}. */
    public void killApiServer() {
        apiServer.kill9();
    }

    /** Starts it again: same port, same data, same credentials. Returns when it is ready. */
    public void startApiServer() {
        apiServer.start();
        KubeServerStart.await(apiServer, "ready", this::isReady);
    }

    /**
     * Starts the controllers without which deleted namespaces never go away and nobody cleans up after an owner.
     * Returns when they work.
     */
    public void startControllerManager() {
        Path bin = Checkout.kubeTools("kube-controller-manager").resolve("kube-controller-manager");
        Path kubeconfig = credentials.writeManagerKubeconfig(url());
        ChildProcess manager = new ChildProcess(
                        "kube-controller-manager",
                        logs.resolve("kube-controller-manager.log"),
                        List.of(
                                bin.toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--controllers=" + CONTROLLERS,
                                // admission knows the garbage collector and the namespace controller by these accounts
                                "--use-service-account-credentials=true",
                                "--service-account-private-key-file=" + credentials.serviceAccountKey(),
                                "--root-ca-file=" + credentials.caFile(),
                                "--leader-elect=false",
                                "--secure-port=0"))
                .stopBy(ChildProcess.Stop.TERM, ChildProcess.Stop.KILL);
        controllerManager = manager;
        manager.start();
        KubeServerStart.await(
                manager,
                "works",
                () -> client().serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);
    }

    /** Its processes, for a supervisor that starts again what dies. */
    List<ChildProcess> children() {
        ChildProcess manager = controllerManager;
        return manager == null ? List.of(etcd.process(), apiServer) : List.of(etcd.process(), apiServer, manager);
    }

    /** What it takes to speak for the API server: its certificate and the key, where clients have theirs. */
    public Config servingConfig() {
        return credentials.servingConfig();
    }

    public long apiServerPid() {
        return apiServer.pid();
    }

    public long etcdPid() {
        return etcd.process().pid();
    }

    /** Whether the API server says that it is ready. */
    public boolean isReady() {
        try {
            return "ok".equals(client().raw("/readyz"));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Ends everything at once: the data are not meant to be used again. */
    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
        clients.clear();
        ChildProcess manager = controllerManager;
        if (manager != null) {
            manager.kill9();
        }
        apiServer.kill9();
        etcd.process().kill9();
    }

    // ---------------------------------------------------------------------------------------- inside

    private ChildProcess startFirstApiServer() {
        for (int attempt = 1; ; attempt++) {
            port = Ports.free();
            List<String> command = new ArrayList<>(List.of(
                    tools.resolve("kube-apiserver").toString(),
                    "--etcd-servers=" + etcd.address(),
                    "--bind-address=127.0.0.1",
                    "--advertise-address=127.0.0.1",
                    "--secure-port=" + port,
                    // it makes its own certificate there at the first start, and keeps it
                    "--cert-dir=" + credentials.certificates(),
                    "--token-auth-file=" + credentials.tokensFile(),
                    "--authorization-mode=RBAC",
                    "--service-account-issuer=https://kubernetes.default.svc",
                    "--service-account-signing-key-file=" + credentials.serviceAccountKey(),
                    "--service-account-key-file=" + credentials.serviceAccountPublicKey(),
                    "--service-cluster-ip-range=10.96.0.0/24",
                    // nobody connects to it from inside a cluster, and an endpoint may not be loopback
                    "--endpoint-reconciler-type=none",
                    "--v=0"));
            command.addAll(flags);
            ChildProcess child = new ChildProcess("kube-apiserver", logs.resolve("kube-apiserver.log"), command)
                    .stopBy(ChildProcess.Stop.TERM, ChildProcess.Stop.KILL);
            // the client needs the certificate, which comes with the first start
            if (KubeServerStart.hadItsPort(child, attempt, () -> credentials.areIssued() && isReady())) {
                credentials.writeAdminKubeconfig(url());
                return child;
            }
            clients.values().forEach(KubernetesClient::close);
            clients.clear();
        }
    }

    private static KubernetesClient newClient(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
