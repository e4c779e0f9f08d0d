package dev.portcullis.operator.health;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET of a few pages on a port of its own, from a thread of its own, whatever else is connected: a connection costs a place and no thread, and where
 * there is no place left the oldest connection goes. The JDK's server gives each half of a request a thread and turns the newest away when it has no more, so
 * that whoever can connect keeps the kubelet out, and has the operator restarted.
 */
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int BACKLOG = 256;

    private final String name;
    private final Map<String, Supplier<Page>> pages;
    private final Limits limits;
    private final Selector selector;
    private final ServerSocketChannel server;
    /** The oldest first. Only the thread touches them. */
    private final Deque<PageConnection> connections = new ArrayDeque<>();

    private final int port;
    private volatile @Nullable Thread thread;
    private volatile boolean isEnding;

    /**
     * What others may take of it.
     *
     * @param connections at a time
     * @param age the longest that a connection lasts, from its beginning to the last byte of the answer
     */
    record Limits(int connections, Duration age) {
        static final Limits USUAL = new Limits(256, Duration.ofSeconds(5));
    }

    /**
     * Takes the port; {@link #start} begins to answer.
     *
     * @param name of its thread, and in messages
     * @param pages by their paths; quickly made, since one waits for the other
     * @throws IOException when the port is another's
     */
    public PageServer(String name, InetSocketAddress address, Map<String, Supplier<Page>> pages) throws IOException {
        this(name, address, pages, Limits.USUAL);
    }

    PageServer(String name, InetSocketAddress address, Map<String, Supplier<Page>> pages, Limits limits)
            throws IOException {
        this.name = name;
        this.pages = Map.copyOf(pages);
        this.limits = limits;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            port = server.socket().getLocalPort();
        } catch (IOException e) {
            release();
            if (e instanceof BindException) {
                throw new IOException(name + " cannot be served on " + address + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }

    public void start() {
        Thread started = new Thread(this::run, name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    public int port() {
        return port;
    }

    private void run() {
        try {
            while (!isEnding) {
                try {
                    turn();
                } catch (IOException e) {
                    LOG.warn("{}: {}", name, e.toString());
                    // it may be so for a while, as when there are no more files: not to spin meanwhile
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        } finally {
            connections.forEach(PageConnection::close);
            release();
        }
    }

    private void turn() throws IOException {
        selector.select(connections.isEmpty() ? 0 : limits.age().toMillis());
        connections.removeIf(connection -> !connection.isOpen());
        while (!connections.isEmpty() && connections.getFirst().age().compareTo(limits.age()) > 0) {
            connections.removeFirst().close();
        }
        boolean arrivals = false;
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof PageConnection connection) {
                connection.goOn(key, pages);
            } else {
                arrivals = true;
            }
        }
        selector.selectedKeys().clear();
        // last: who is turned out had its say
        if (arrivals) {
            accept();
        }
    }

    /** All that wait: so a flood of them is over as fast as it can be. */
    private void accept() throws IOException {
        for (int i = 0; i < BACKLOG; i++) {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (connections.size() >= limits.connections()) {
                connections.removeFirst().close();
            }
            connections.addLast(PageConnection.of(channel, selector));
        }
    }

    /** Returns when the port is free, but for a page that takes long: then it is soon. */
    @Override
    public void close() {
        isEnding = true;
        Thread serving = thread;
        if (serving == null) {
            release();
            return;
        }
        // whoever serves closes it: the keys are that thread's alone
        selector.wakeup();
        try {
            serving.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        try {
            server.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("{} not closed", name, e);
        }
    }
}
