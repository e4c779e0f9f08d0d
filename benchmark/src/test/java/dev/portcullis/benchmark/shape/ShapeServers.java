package dev.portcullis.benchmark.shape;

import dev.portcullis.benchmark.chaos.Relay;
import dev.portcullis.benchmark.load.ApiCounts;
import dev.portcullis.benchmark.load.Warehouse;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An API server and a PostgreSQL behind networks that can be bad, and an operator that holds the Lease; a second one, which does not ask for it. */
final class ShapeServers implements AutoCloseable {
    /** The start of the logins of people. */
    static final String PEOPLE = "person";

    private static final Duration START = Duration.ofMinutes(3);
    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final Relay apiNetwork;
    private final Relay lakeNetwork;
    private final OperatorProcess operator;
    private final OperatorProcess second;
    private final Warehouse warehouse;

    /** @param people who can log in */
    ShapeServers(Path directory, int people) throws IOException {
        kube = KubeControlPlane.start(directory.resolve("kube"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        ShopDatabase shop = ShopDatabase.create(postgres);
        warehouse = new Warehouse(postgres);
        warehouse.logins(PEOPLE, people);
        PortcullisManifests manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        manifests.writeCredentials("warehouse-admin", ShopDatabase.OPERATOR_LOGIN, shop.operatorPassword());
        lakeNetwork = Relay.to(postgres.port());
        apiNetwork = Relay.to(URI.create(kube.url()).getPort());
        Path kubeconfig = manifests.operatorKubeconfig(kube);
        Path late = Files.writeString(
                directory.resolve("operator.kubeconfig"),
                Files.readString(kubeconfig).replace(kube.url(), "https://127.0.0.1:" + apiNetwork.port()));
        List<String> jvm = OperatorProcess.jvmOfImage("512m");
        operator = new OperatorProcess(
                late, directory.resolve("operator.log"), Map.of("PORTCULLIS_LEADER_ELECTION", "true"), jvm);
        second = new OperatorProcess(kubeconfig, directory.resolve("second.log"), Map.of(), jvm);
        operator.start();
        operator.awaitReady(START);
    }

    KubernetesClient admin() {
        return kube.client();
    }

    int postgresPort() {
        return postgres.port();
    }

    Relay apiNetwork() {
        return apiNetwork;
    }

    /** To the same PostgreSQL, for a platform of its own. */
    Relay lakeNetwork() {
        return lakeNetwork;
    }

    OperatorProcess operator() {
        return operator;
    }

    /** Another, as somebody starts it who has forgotten the first, or the setting. */
    OperatorProcess startSecond() {
        second.start();
        second.awaitReady(START);
        return second;
    }

    /** What the operator has used of the processors since it was started. */
    Duration cpu() {
        return ProcessHandle.of(operator.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO);
    }

    void apply(String yaml) {
        PortcullisManifests.parse(yaml)
                .forEach(object -> admin().resource(object).forceConflicts().serverSideApply());
    }

    /** Writes to a resource and its subresources that the API server has answered. */
    long writes(String resource) {
        return ApiCounts.now(admin()).writes(resource);
    }

    /** Memberships in roles of ports. */
    long memberships() {
        return warehouse.memberships(PEOPLE);
    }

    /** In how many roles of ports somebody is. */
    long memberships(int person) {
        return warehouse.membershipsOf(PEOPLE + person);
    }

    @Override
    public void close() throws IOException {
        second.close();
        operator.close();
        apiNetwork.close();
        lakeNetwork.close();
        warehouse.close();
        postgres.close();
        kube.close();
    }
}
