package dev.portcullis.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The store behind the API server, and the address that it answers on. */
record Etcd(ChildProcess process, String address) {

    /** Starts one with its data below {@code dir}; returns when it is ready. */
    static Etcd start(Path dir, Path logs, Path tools) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
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
            if (KubeServerStart.hadItsPort(child, attempt, () -> get(http, address + "/readyz") == 200)) {
                return new Etcd(child, address);
            }
        }
    }

    private static int get(HttpClient http, String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
