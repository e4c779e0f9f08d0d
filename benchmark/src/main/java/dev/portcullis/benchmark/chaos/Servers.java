package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** API server, PostgreSQL and operator. */
final class Servers implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final ShopDatabase shop;
    private final PortcullisManifests manifests;
    private final OperatorProcess operator;

    Servers(Path directory) {
        kube = KubeControlPlane.start(directory.resolve("kube"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        shop = ShopDatabase.create(postgres);
        Mesh.create(shop);
        manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        writeCredentials(shop.operatorPassword());
        Mesh.create(kube.client(), postgres.port());
        operator = operator(manifests.operatorKubeconfig(kube), directory.resolve("operator.log"));
        startOperator();
    }

    private static OperatorProcess operator(Path kubeconfig, Path log) {
        return new OperatorProcess(
                kubeconfig, log, Map.of(), List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    }

    /** Makes the Secret, or changes it. */
    void writeCredentials(String password) {
        kube.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorProcess.NAMESPACE)
                        .withName(Mesh.SECRET)
                        .endMetadata()
                        .withType("kubernetes.io/basic-auth")
                        .withStringData(Map.of("username", ShopDatabase.OPERATOR_LOGIN, "password", password))
                        .build())
                .forceConflicts()
                .serverSideApply();
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

    @Override
    public void close() {
        operator.close();
        postgres.close();
        kube.close();
    }
}
