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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
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
    private static final Duration START = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 5;

    /**
     * The controllers a namespace needs to come and go: without {@code clusterrole-aggregation-controller} aggregated roles
     * would stay empty.
     */
    private static final String CONTROLLERS =
            "namespace-controller,garbage-collector-controller,serviceaccount-controller,"
                    + "serviceaccount-token-controller,root-ca-certificate-publisher-controller,"
                    + "clusterrole-aggregation-controller";

    private final Path dir;
    private final Path logs;
    private final Path tools;
    private final String adminToken = randomToken();
    private final String managerToken = randomToken();
    private final Map<List<String>, KubernetesClient> clients = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private ChildProcess etcd;
    private ChildProcess apiServer;
    private @Nullable ChildProcess controllerManager;
    private int port;

    private KubeControlPlane(Path dir, Path logs, Path tools) {
        this.dir = dir;
        this.logs = logs;
        this.tools = tools;
        writeSecrets();
        etcd = startEtcd();
        apiServer = startFirstApiServer();
    }

    /** Starts etcd and the API server with their data below {@code dir}, which must be new; returns when they are ready. */
    public static KubeControlPlane start(Path dir) {
        return start(dir, dir);
    }

    /** As above, with another folder for the logs. */
    public static KubeControlPlane start(Path dir, Path logs) {
        try {
            Files.createDirectories(dir);
            return new KubeControlPlane(
                    dir.toAbsolutePath(),
                    logs.toAbsolutePath(),
                    Checkout.kubeTools("etcd", "kube-apiserver", "kubectl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---------------------------------------------------------------------------------------- clients

    /** A client of the cluster's administrator (system:masters, beyond RBAC). Closed with the control plane. */
    public KubernetesClient client() {
        return clients.computeIfAbsent(List.of(), none -> newClient(config(adminToken)));
    }

    /** A client with the rights of somebody else. Closed with the control plane. */
    public KubernetesClient as(String user, String... groups) {
        List<String> key = new ArrayList<>(List.of(user));
        key.addAll(List.of(groups));
        return clients.computeIfAbsent(
                List.copyOf(key),
                k -> newClient(new ConfigBuilder(config(adminToken))
                        .withImpersonateUsername(user)
                        .withImpersonateGroups(groups)
                        .build()));
    }

    /** A kubeconfig file of the administrator. */
    public Path kubeconfig() {
        return dir.resolve("admin.kubeconfig");
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
        return writeKubeconfig(
                namespace + "-" + serviceAccount + ".kubeconfig",
                "system:serviceaccount:" + namespace + ":" + serviceAccount,
                request.getStatus().getToken());
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
        awaitApiServer();
    }

    /**
     * Starts the controllers without which deleted namespaces never go away and nobody cleans up after an owner.
     * Returns when they work.
     */
    public void startControllerManager() {
        Path bin = Checkout.kubeTools("kube-controller-manager").resolve("kube-controller-manager");
        Path kubeconfig =
                writeKubeconfig("controller-manager.kubeconfig", "system:kube-controller-manager", managerToken);
        ChildProcess manager = new ChildProcess(
                        "kube-controller-manager",
                        logs.resolve("kube-controller-manager.log"),
                        List.of(
                                bin.toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--controllers=" + CONTROLLERS,
                                // admission knows the garbage collector and the namespace controller by these accounts
                                "--use-service-account-credentials=true",
                                "--service-account-private-key-file=" + dir.resolve("service-accounts.key"),
                                "--root-ca-file=" + caFile(),
                                "--leader-elect=false",
                                "--secure-port=0"))
                .stopBy(ChildProcess.Stop.TERM, ChildProcess.Stop.KILL);
        controllerManager = manager;
        manager.start();
        Await.until(START, () -> "kube-controller-manager works\n" + manager.tail(10), () -> {
            assertAlive(manager);
            return client().serviceAccounts()
                            .inNamespace("default")
                            .withName("default")
                            .get()
                    != null;
        });
    }

    /** Its processes, for a supervisor that starts again what dies. */
    List<ChildProcess> children() {
        ChildProcess manager = controllerManager;
        return manager == null ? List.of(etcd, apiServer) : List.of(etcd, apiServer, manager);
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
        etcd.kill9();
    }

    // ---------------------------------------------------------------------------------------- inside

    private ChildProcess startEtcd() {
        for (int attempt = 1; ; attempt++) {
            int clientPort = Ports.free();
            int peerPort = Ports.free();
            String peers = "http://127.0.0.1:" + peerPort;
            String address = "http://127.0.0.1:" + clientPort;
            ChildProcess child = new ChildProcess(
                            "etcd",
                            logs.resolve("etcd.log"),
                            List.of(
                                    tools.resolve("etcd").toString(),
                                    "--data-dir=" + dir.resolve("etcd-" + attempt),
                                    "--listen-client-urls=" + address,
                                    "--advertise-client-urls=" + address,
                                    "--listen-peer-urls=" + peers,
                                    "--initial-advertise-peer-urls=" + peers,
                                    "--initial-cluster=default=" + peers,
                                    // data need to survive a kill of the process, not of the machine
                                    "--unsafe-no-fsync",
                                    "--log-level=warn"))
                    .stopBy(ChildProcess.Stop.TERM, ChildProcess.Stop.KILL);
            if (started(child, attempt, () -> get(address + "/readyz") == 200)) {
                etcdAddress = address;
                return child;
            }
        }
    }

    private String etcdAddress = "";

    private ChildProcess startFirstApiServer() {
        for (int attempt = 1; ; attempt++) {
            port = Ports.free();
            ChildProcess child = new ChildProcess(
                            "kube-apiserver",
                            logs.resolve("kube-apiserver.log"),
                            List.of(
                                    tools.resolve("kube-apiserver").toString(),
                                    "--etcd-servers=" + etcdAddress,
                                    "--bind-address=127.0.0.1",
                                    "--advertise-address=127.0.0.1",
                                    "--secure-port=" + port,
                                    // it makes its own certificate there at the first start, and keeps it
                                    "--cert-dir=" + dir.resolve("apiserver"),
                                    "--token-auth-file=" + dir.resolve("tokens.csv"),
                                    "--authorization-mode=RBAC",
                                    "--service-account-issuer=https://kubernetes.default.svc",
                                    "--service-account-signing-key-file=" + dir.resolve("service-accounts.key"),
                                    "--service-account-key-file=" + dir.resolve("service-accounts.pub"),
                                    "--service-cluster-ip-range=10.96.0.0/24",
                                    // nobody connects to it from inside a cluster, and an endpoint may not be loopback
                                    "--endpoint-reconciler-type=none",
                                    "--v=0"))
                    .stopBy(ChildProcess.Stop.TERM, ChildProcess.Stop.KILL);
            // the client needs the certificate, which comes with the first start
            if (started(child, attempt, () -> Files.exists(caFile()) && isReady())) {
                writeKubeconfig("admin.kubeconfig", "admin", adminToken);
                return child;
            }
            clients.values().forEach(KubernetesClient::close);
            clients.clear();
        }
    }

    private void awaitApiServer() {
        Await.until(START, () -> "kube-apiserver ready\n" + apiServer.tail(10), () -> {
            assertAlive(apiServer);
            return isReady();
        });
    }

    /** False when it could not have its port: another process was faster. */
    private static boolean started(ChildProcess child, int attempt, java.util.concurrent.Callable<Boolean> ready) {
        long before = child.logSize();
        child.start();
        try {
            Await.until(START, () -> child.name() + " ready\n" + child.tail(10), () -> {
                assertAlive(child);
                return ready.call();
            });
            return true;
        } catch (IllegalStateException e) {
            child.kill9();
            if (attempt < ATTEMPTS && child.logContains(before, "address already in use")) {
                return false;
            }
            throw e;
        }
    }

    private static void assertAlive(ChildProcess child) {
        if (!child.isAlive()) {
            throw new Await.NotPossible(child.name() + " ended with code " + child.exitCode() + "; the end of "
                    + child.log() + ":\n" + child.tail(15));
        }
    }

    private int get(String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private Config config(String token) {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(url())
                .withCaCertData(base64(read(caFile())))
                .withOauthToken(token)
                .withRequestTimeout(20_000)
                .withConnectionTimeout(5_000)
                // a test that looks at a stopped server wants to know now
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private static KubernetesClient newClient(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private Path caFile() {
        return dir.resolve("apiserver/apiserver.crt");
    }

    private Path writeKubeconfig(String name, String user, String token) {
        return write(name, """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: %s
                  user:
                    token: %s
                contexts:
                - name: local
                  context: {cluster: local, user: "%s"}
                current-context: local
                """.formatted(url(), base64(read(caFile())), user, token, user));
    }

    private void writeSecrets() {
        write(
                "tokens.csv",
                "%s,admin,admin,system:masters%n%s,system:kube-controller-manager,system:kube-controller-manager%n"
                        .formatted(adminToken, managerToken));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            write("service-accounts.key", pem("PRIVATE KEY", pair.getPrivate()));
            write("service-accounts.pub", pem("PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, Key key) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + what
                + "-----\n";
    }

    private Path write(String name, String content) {
        try {
            Path file = dir.resolve(name);
            Files.deleteIfExists(file);
            // created as the owner's alone: the content is a credential
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
