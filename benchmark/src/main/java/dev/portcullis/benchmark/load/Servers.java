package dev.portcullis.benchmark.load;

import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An API server, a PostgreSQL that counts statements, and an operator that is not started yet, in a JVM with a heap of its own. */
final class Servers implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final OperatorProcess operator;

    Servers(Path directory, String heap) {
        kube = KubeControlPlane.start(directory.resolve("kube"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        ShopDatabase shop = ShopDatabase.create(postgres);
        countStatements(shop);
        PortcullisManifests manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        manifests.writeCredentials("warehouse-admin", ShopDatabase.OPERATOR_LOGIN, shop.operatorPassword());
        operator = new OperatorProcess(
                manifests.operatorKubeconfig(kube),
                directory.resolve("operator.log"),
                Map.of(),
                OperatorProcess.jvmOfImage(heap));
    }

    /** Its settings are known once it is loaded: so the server starts twice. It forgets counts when it has no room for another text. */
    private void countStatements(ShopDatabase shop) {
        shop.execute("postgres", "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        postgres.stop();
        postgres.start();
        shop.execute("postgres", "ALTER SYSTEM SET pg_stat_statements.max = 200000");
        postgres.stop();
        postgres.start();
        shop.execute("postgres", "CREATE EXTENSION pg_stat_statements");
    }

    KubeControlPlane kube() {
        return kube;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    OperatorProcess operator() {
        return operator;
    }

    void startOperator() {
        operator.start();
        operator.awaitReady(START);
    }

    /** The operator and the servers it works with, by name: their process ids. */
    Map<String, Long> processes() {
        return Map.of(
                "operator", operator.pid(),
                "kube-apiserver", kube.apiServerPid(),
                "etcd", kube.etcdPid(),
                "postgres", postgres.pid());
    }

    @Override
    public void close() {
        operator.close();
        postgres.close();
        kube.close();
    }
}
