package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLContext;

/** API server, PostgreSQL and operator. */
final class Servers implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final ShopDatabase shop;
    private final PortcullisManifests manifests;
    private final Relay platformNetwork;
    private final ApiRoute apiRoute;
    private final Relay apiNetwork;
    private final OperatorProcess operator;
    private final OperatorProcess second;

    Servers(Path directory, Random random) {
        kube = KubeControlPlane.start(directory.resolve("kube"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        shop = ShopDatabase.create(postgres);
        Mesh.create(shop);
        manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        writeCredentials(shop.operatorPassword());
        platformNetwork = Relay.to(postgres.port());
        apiRoute = new ApiRoute(
                apiPort(), tls(kube.servingConfig()), tls(kube.client().getConfiguration()), random);
        apiNetwork = new Relay(apiRoute);
        Mesh.create(kube.client(), platformNetwork.port());
        Path kubeconfig = throughTheNetwork(manifests.operatorKubeconfig(kube));
        operator = new OperatorProcess(kubeconfig, directory.resolve("operator.log"));
        second = new OperatorProcess(kubeconfig, directory.resolve("second-operator.log"));
        startOperator();
    }

    private int apiPort() {
        return URI.create(kube.url()).getPort();
    }

    private static SSLContext tls(Config config) {
        try {
            return SSLUtils.sslContext(config);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same credentials, for the address of the network in between. */
    private Path throughTheNetwork(Path kubeconfig) {
        try {
            return Files.writeString(
                    kubeconfig,
                    Files.readString(kubeconfig).replace(kube.url(), "https://127.0.0.1:" + apiNetwork.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the Secret, or changes it. */
    void writeCredentials(String password) {
        manifests.writeCredentials(Mesh.SECRET, ShopDatabase.OPERATOR_LOGIN, password);
    }

    KubeControlPlane kube() {
        return kube;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    ShopDatabase shop() {
        return shop;
    }

    OperatorProcess operator() {
        return operator;
    }

    Relay platformNetwork() {
        return platformNetwork;
    }

    Relay apiNetwork() {
        return apiNetwork;
    }

    ApiRoute apiRoute() {
        return apiRoute;
    }

    /** Another operator beside the first. */
    void startSecond() {
        second.start();
    }

    void killSecond() {
        second.kill9();
    }

    /** Returns when it works. */
    void startOperator() {
        operator.start();
        operator.awaitReady(START);
    }

    /** Starts the API server that was killed; returns when it takes requests for agreements. */
    void startApiServer() {
        kube.startApiServer();
        manifests.awaitKindsKnown();
    }

    /** Has it write what its threads do to its log: whoever looks at a failure wants to know. */
    void dumpOperator() {
        if (operator.isAlive()) {
            try {
                new ProcessBuilder("kill", "-QUIT", Long.toString(operator.pid())).start();
                Pause.of(Duration.ofSeconds(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        second.close();
        operator.close();
        platformNetwork.close();
        apiNetwork.close();
        postgres.close();
        kube.close();
    }
}
