package dev.portcullis.operator.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.operator.metrics.MetricsPage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Answers {@code /healthz} and {@code /readyz} for the kubelet and {@code /metrics} for Prometheus, also while others send half a request and wait. */
public final class HealthServer implements AutoCloseable {
    private static final int THREADS = 8;
    private static final String LONGEST_REQUEST = "sun.net.httpserver.maxReqTime";
    private static final String LONGEST_RESPONSE = "sun.net.httpserver.maxRspTime";
    private static final String SECONDS = "2";

    static {
        // the server reads them once, when its class is loaded; without them whoever sends nothing more keeps a thread
        // for ever
        System.setProperty(LONGEST_REQUEST, SECONDS);
        System.setProperty(LONGEST_RESPONSE, SECONDS);
    }

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;

    /**
     * @param live false when only a restart helps
     * @param ready true when everything was seen and the work goes on
     * @param metrics the page for Prometheus
     */
    public HealthServer(
            InetSocketAddress address, BooleanSupplier live, BooleanSupplier ready, Supplier<byte[]> metrics)
            throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/healthz", exchange -> answer(exchange, live));
        server.createContext("/readyz", exchange -> answer(exchange, ready));
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MetricsPage.CONTENT_TYPE);
            send(exchange, OK, metrics.get());
        });
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, BooleanSupplier well) throws IOException {
        boolean isWell = well.getAsBoolean();
        byte[] body = (isWell ? "ok\n" : "not yet\n").getBytes(StandardCharsets.UTF_8);
        send(exchange, isWell ? OK : UNAVAILABLE, body);
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.sendResponseHeaders(code, body.length);
        // closing the exchange would cut the connection, which the client may be using again already
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
