package dev.portcullis.operator.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, as far as they have come. Never waits: it takes what has arrived, and sends what the other side has room for. */
final class PageConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PageConnection.class);
    static final int LONGEST_REQUEST = 8192;
    private static final String END = "\r\n\r\n";

    private final SocketChannel channel;
    private final long began = System.nanoTime();
    private final ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
    private ByteBuffer @Nullable [] response;

    private PageConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static PageConnection of(SocketChannel channel, Selector selector) throws IOException {
        PageConnection connection = new PageConnection(channel);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** The other side sent something, or has room again. */
    void goOn(SelectionKey key, Map<String, Supplier<Page>> pages) {
        try {
            ByteBuffer[] answer = response;
            if (answer == null && hasAsked()) {
                answer = answer(pages).response();
                response = answer;
                key.interestOps(SelectionKey.OP_WRITE);
            }
            if (answer != null) {
                channel.write(answer);
                if (!answer[answer.length - 1].hasRemaining()) {
                    close();
                }
            }
        } catch (IOException e) {
            // the other side is gone
            close();
        }
    }

    /** True when all of the request is there, or more than one may send. */
    private boolean hasAsked() throws IOException {
        if (channel.read(request) < 0) {
            close();
            return false;
        }
        return !request.hasRemaining() || asked().contains(END);
    }

    private Page answer(Map<String, Supplier<Page>> pages) {
        String asked = asked();
        if (!asked.contains(END)) {
            return Page.text(Page.TOO_LONG, "the request is too long");
        }
        String[] line = asked.substring(0, asked.indexOf('\r')).split(" ", -1);
        if (line.length < 2 || !line[0].equals("GET")) {
            return Page.text(Page.NOT_ALLOWED, "GET is answered, and nothing else");
        }
        String path = line[1].split("[?]", 2)[0];
        @Nullable Supplier<Page> page = pages.get(path);
        if (page == null) {
            return Page.text(
                    Page.NOT_FOUND,
                    "there are "
                            + String.join(", ", pages.keySet().stream().sorted().toList()));
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.error("{} cannot be answered", path, e);
            return Page.text(Page.BROKEN, "see the operator's log");
        }
    }

    private String asked() {
        return new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a connection was not closed", e);
        }
    }
}
