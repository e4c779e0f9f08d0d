package dev.portcullis.operator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private final AtomicBoolean live = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean();
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HealthServer(
                new InetSocketAddress("127.0.0.1", 0),
                live::get,
                ready::get,
                () -> "portcullis_leader 1\n".getBytes(StandardCharsets.UTF_8));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aliveBeforeItIsReady() throws Exception {
        assertThat(get("/healthz")).isEqualTo("200 ok\n");
        assertThat(get("/readyz")).isEqualTo("503 not yet\n");

        ready.set(true);

        assertThat(get("/readyz")).isEqualTo("200 ok\n");
    }

    @Test
    void saysWhenOnlyARestartHelps() throws Exception {
        live.set(false);

        assertThat(get("/healthz")).isEqualTo("503 not yet\n");
    }

    @Test
    void hasAPageForPrometheus() throws Exception {
        assertThat(get("/metrics")).isEqualTo("200 portcullis_leader 1\n");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/")).startsWith("404");
    }

    @Test
    void aPortInUseIsSaidAtTheStart() {
        assertThatThrownBy(() -> new HealthServer(
                        new InetSocketAddress("127.0.0.1", server.port()), () -> true, () -> true, () -> new byte[0]))
                .isInstanceOf(IOException.class);
    }

    @Test
    void answersNoMoreWhenClosed() {
        server.close();

        assertThatThrownBy(() -> get("/healthz")).isInstanceOf(ConnectException.class);
    }

    @Test
    void oneConnectionServesOneRequestAfterTheOther() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/healthz"))
                .build();
        for (int i = 0; i < 50; i++) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Whoever can connect must not make the kubelet believe that the operator hangs. */
    @Test
    void answersAlsoWhileOthersSendHalfARequest() throws Exception {
        List<Socket> halves = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket half = new Socket("127.0.0.1", server.port());
            half.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
            half.getOutputStream().flush();
            halves.add(half);
        }
        try {
            assertThat(CompletableFuture.supplyAsync(() -> {
                                try {
                                    return get("/healthz");
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            })
                            .get(15, TimeUnit.SECONDS))
                    .isEqualTo("200 ok\n");
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
