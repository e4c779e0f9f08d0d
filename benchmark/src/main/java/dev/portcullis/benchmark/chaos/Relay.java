package dev.portcullis.benchmark.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network on loopback between the operator and a server, which can be cut, slow or silent. */
public final class Relay implements AutoCloseable {
    /** How the network is. */
    public enum State {
        OPEN,
        /** Each packet takes its time. */
        SLOW,
        /** Each answer comes late, and then as fast as ever. */
        LATE,
        /** Nobody answers, and nobody says that nobody does. */
        SILENT,
        /** Connections are cut at once. */
        CUT
    }

    /** How a connection goes on to the server. */
    public interface Route {
        /** Connects, and forwards what of the client's words has to come first; null where the client was answered and is done. */
        @Nullable
        Ends open(Socket client) throws IOException;
    }

    /** Both ends of a connection, as what is said can be read. */
    public record Ends(Socket client, Socket server) {}

    private static final Duration DELAY = Duration.ofMillis(120);
    private static final Duration LATENESS = Duration.ofMillis(300);
    /** After which what comes is another answer. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private static final Duration SILENCE = Duration.ofMillis(50);

    private final ServerSocket server;
    private final Route route;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.OPEN;

    public Relay(Route route) {
        this.route = route;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        thread("relay", this::accept);
    }

    /** One that forwards to a port of this machine. */
    public static Relay to(int port) {
        return new Relay(client -> new Ends(client, new Socket(InetAddress.getLoopbackAddress(), port)));
    }

    public int port() {
        return server.getLocalPort();
    }

    public void set(State next) {
        state = next;
        if (next == State.CUT) {
            cut();
        }
    }

    /** Cuts all connections once. */
    public void cut() {
        open.forEach(Relay::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                thread("relayed", () -> serve(client));
            } catch (IOException e) {
                // closed, or the client is gone again
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try {
            if (state != State.CUT) {
                Ends ends = route.open(client);
                if (ends != null) {
                    join(ends.client(), ends.server());
                }
            }
        } catch (IOException e) {
            // as if the server were away
        } finally {
            close(client);
            open.remove(client);
        }
    }

    private void join(Socket client, Socket upstream) throws IOException {
        open.add(upstream);
        try {
            thread("relayed-back", () -> pump(upstream, client, true));
            pump(client, upstream, false);
        } finally {
            close(upstream);
            open.remove(upstream);
        }
    }

    /** Until one of them is closed; then both are. */
    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int length = in.read(buffer);
            long last = System.nanoTime() - BREATH.toNanos();
            while (length >= 0) {
                hold(answers && System.nanoTime() - last >= BREATH.toNanos());
                out.write(buffer, 0, length);
                out.flush();
                last = System.nanoTime();
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // closed by either side
        }
    }

    private void hold(boolean answer) {
        if (state == State.LATE && answer) {
            Pause.of(LATENESS);
        }
        if (state == State.SLOW) {
            Pause.of(DELAY);
        }
        while (state == State.SILENT) {
            Pause.of(SILENCE);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
