package dev.portcullis.benchmark.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The way of the operator's requests to the API server: it speaks for the API server, with its certificate, so that this can be made to answer what it rarely does. One
 * request for each connection, except that a watch keeps its own.
 */
final class ApiRoute implements Relay.Route {
    /** What becomes of a request. */
    enum Trouble {
        NONE(0, ""),
        CONFLICT(409, "Conflict"),
        TOO_MANY_REQUESTS(429, "TooManyRequests"),
        SERVER_ERROR(500, "InternalError"),
        /** It is done, and nobody hears of it. */
        ANSWER_LOST(0, ""),
        /** Nobody ever hears of it, and the connection stays. */
        UNANSWERED(0, "");

        private final int code;
        private final String reason;

        Trouble(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }
    }

    private static final String ANSWER =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"made to fail\",\"reason\":\"%s\",\"code\":%d}";
    private static final int MOST_HEAD = 64 * 1024;

    private final int port;
    private final SSLContext asServer;
    private final SSLContext asClient;
    private final Random random;
    private final AtomicLong troubled = new AtomicLong();
    private volatile Trouble trouble = Trouble.NONE;

    ApiRoute(int port, SSLContext asServer, SSLContext asClient, Random random) {
        this.port = port;
        this.asServer = asServer;
        this.asClient = asClient;
        this.random = random;
    }

    /** From now on some requests get into this. */
    void set(Trouble next) {
        trouble = next;
    }

    /** How many requests got into trouble. */
    long troubled() {
        return troubled.get();
    }

    @Override
    public Relay.@Nullable Ends open(Socket connection) throws IOException {
        Socket client = asServer.getSocketFactory().createSocket(connection, null, true);
        String head = head(client.getInputStream());
        boolean writes = !head.startsWith("GET ");
        Trouble now = trouble;
        boolean hit = random.nextInt(3) > 0 && (writes || (now != Trouble.CONFLICT && now != Trouble.ANSWER_LOST));
        if (now == Trouble.NONE || !hit) {
            return new Relay.Ends(client, forwarded(head));
        }
        troubled.incrementAndGet();
        if (now == Trouble.UNANSWERED) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            return null;
        }
        byte[] body = client.getInputStream().readNBytes(length(head));
        if (now == Trouble.ANSWER_LOST) {
            try (Socket upstream = forwarded(head)) {
                upstream.getOutputStream().write(body);
                upstream.getOutputStream().flush();
                upstream.getInputStream().readAllBytes();
            }
        } else {
            answer(client.getOutputStream(), now);
        }
        return null;
    }

    private Socket forwarded(String head) throws IOException {
        Socket upstream = asClient.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        upstream.getOutputStream().write(alone(head).getBytes(StandardCharsets.ISO_8859_1));
        upstream.getOutputStream().flush();
        return upstream;
    }

    /** HTTP/1.1 without another request on the connection; a switch to WebSocket stays. */
    private static String alone(String head) {
        if (head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket")) {
            return head;
        }
        return head.replaceAll("(?im)^(connection|upgrade|http2-settings):.*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }

    private static void answer(OutputStream out, Trouble trouble) throws IOException {
        byte[] body = ANSWER.formatted(trouble.reason, trouble.code).getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + trouble.code + " " + trouble.reason
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + (trouble == Trouble.TOO_MANY_REQUESTS ? "Retry-After: 1\r\n" : "") + "Content-Length: " + body.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static int length(String head) throws IOException {
        if (head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding:")) {
            throw new IOException("how long the request is cannot be told: "
                    + head.lines().findFirst().orElse(""));
        }
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
            }
        }
        return 0;
    }

    /** Everything up to and with the empty line. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0 || head.size() > MOST_HEAD) {
                throw new IOException("no request");
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
