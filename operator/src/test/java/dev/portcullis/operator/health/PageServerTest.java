package dev.portcullis.operator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However slow the machine is: nothing here ends because of its age, but where that is the question. */
@Timeout(60)
class PageServerTest {
    private static final int PLACES = 4;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int ENDS = 200;
    private static final int HANGS = 50_000;
    private static final byte[] LONG = new byte[20_000_000];

    private final AtomicBoolean ready = new AtomicBoolean();
    private final List<Socket> others = new ArrayList<>();
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        server = server(new PageServer.Limits(PLACES, NEVER));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket other : others) {
            other.close();
        }
    }

    @Test
    void answersWhatIsSoAtTheMoment() throws Exception {
        assertThat(get("/readyz")).isEqualTo("503 not yet\n");

        ready.set(true);

        assertThat(get("/readyz")).isEqualTo("200 ok\n");
        assertThat(get("/readyz?verbose=1")).isEqualTo("200 ok\n");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/")).isEqualTo("404 there are /broken, /long, /readyz\n");
        assertThat(said("POST /readyz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(said("\r\n\r\n")).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aRequestWithoutEndIsCutShort() throws Exception {
        String begun = "GET /readyz HTTP/1.1\r\nA: ";

        assertThat(said(begun + "a".repeat(PageConnection.LONGEST_REQUEST - begun.length())))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aPageThatCannotBeMadeBreaksNothingElse() throws Exception {
        assertThat(get("/broken")).isEqualTo("500 see the operator's log\n");
        assertThat(get("/readyz")).isEqualTo("503 not yet\n");
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        Socket socket = connect();
        for (String piece : List.of("GE", "T /readyz HTT", "P/1.1\r\nHost: a\r\n", "\r", "\n")) {
            send(socket, piece);
        }

        assertThat(read(socket)).startsWith("HTTP/1.1 503 ").endsWith("not yet\n");
    }

    @Test
    void aLongPageArrivesWhole() throws Exception {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request("/long"), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.body()).hasSize(LONG.length);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/long");
    }

    @Test
    void aPortInUseIsSaidAtTheStart() {
        InetSocketAddress taken = new InetSocketAddress("127.0.0.1", server.port());

        assertThatThrownBy(() -> new PageServer("metrics", taken, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("metrics cannot be served on /127.0.0.1:" + server.port() + ": ");
    }

    @Test
    void answersNoMoreWhenClosed() {
        server.close();
        server.close();

        assertThatThrownBy(() -> get("/readyz")).isInstanceOf(ConnectException.class);
    }

    /** Whoever can connect must not make the kubelet believe that the operator hangs. */
    /** It ended with a ConcurrentModificationException, and left its connections open, when somebody was connected at that moment. */
    @Test
    void endsInOrderWhoeverIsConnected() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        try {
            for (int i = 0; i < ENDS; i++) {
                try (PageServer one = server(new PageServer.Limits(PLACES, NEVER));
                        Socket first = connect(one.port());
                        Socket second = connect(one.port())) {
                    send(first, "GET /readyz HTTP/1.1\r\n\r\n");
                    send(second, "GET /readyz HTTP/1.1\r\n\r\n");
                    one.close();
                    awaitEnd(first);
                    awaitEnd(second);
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }

    @Test
    void answersAlsoWhileOthersSendHalfARequestOrNothing() throws Exception {
        for (int i = 0; i < 5 * PLACES; i++) {
            Socket other = connect();
            if (i % 2 == 0) {
                send(other, "GET /rea");
            }
        }

        assertThat(get("/readyz")).isEqualTo("503 not yet\n");
    }

    @Test
    void answersAlsoWhileOthersDoNotReadWhatTheyAskedFor() throws Exception {
        for (int i = 0; i < 2 * PLACES; i++) {
            send(connect(), "GET /long HTTP/1.1\r\n\r\n");
        }

        assertThat(get("/readyz")).isEqualTo("503 not yet\n");
    }

    @Test
    void whereThereIsNoPlaceTheOldestGoes() throws Exception {
        Socket oldest = connect();
        send(oldest, "GET /rea");
        for (int i = 0; i < PLACES - 1; i++) {
            connect();
        }
        Socket newest = connect();

        assertThat(isEnded(oldest)).isTrue();
        send(newest, "GET /readyz HTTP/1.1\r\n\r\n");
        assertThat(read(newest)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void whoIsTooSlowIsCutOff() throws Exception {
        server.close();
        server = server(new PageServer.Limits(PLACES, Duration.ofMillis(50)));
        Socket slow = connect();
        send(slow, "GET /rea");

        assertThat(isEnded(slow)).isTrue();
    }

    /** What takes long on one port holds nobody up on another. */
    @Test
    void oneServerDoesNotWaitForAnother() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (PageServer slow = new PageServer("slow", new InetSocketAddress("127.0.0.1", 0), Map.of("/metrics", () -> {
            asked.countDown();
            await(answered);
            return Page.probe(true);
        }))) {
            slow.start();
            Socket scraper = connect(slow.port());
            send(scraper, "GET /metrics HTTP/1.1\r\n\r\n");
            asked.await();

            assertThat(get("/readyz")).isEqualTo("503 not yet\n");

            answered.countDown();
            assertThat(read(scraper)).startsWith("HTTP/1.1 200 ");
        }
    }

    private PageServer server(PageServer.Limits limits) throws IOException {
        PageServer made = new PageServer(
                "probes",
                new InetSocketAddress("127.0.0.1", 0),
                Map.of(
                        "/readyz", () -> Page.probe(ready.get()),
                        "/long", () -> Page.of("text/long", LONG),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("broken");
                                }),
                limits);
        made.start();
        return made;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect() throws IOException {
        return connect(server.port());
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(HANGS);
        others.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private String said(String request) throws IOException {
        Socket socket = connect();
        send(socket, request);
        return read(socket);
    }

    /** After an answer or without. */
    private static void awaitEnd(Socket socket) throws IOException {
        while (!isEnded(socket)) {
            // a byte of the answer
        }
    }

    /** Waits for it. */
    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request(path), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
