package dev.portcullis.operator.watch;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP clients whose watches can be told that what they know is too old, as the API server does: informers then list everything anew and open another
 * watch. They have no way of their own to ask for that.
 */
public final class WatchConnections implements HttpClient.Factory, Renewal {
    private static final String TOO_OLD =
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"the watch is deaf\",\"reason\":\"Expired\",\"code\":410}}";

    private final HttpClient.Factory factory;
    /** The last one for each path. */
    private final Map<String, Connection> open = new ConcurrentHashMap<>();

    /** @param factory makes the clients themselves */
    public WatchConnections(HttpClient.Factory factory) {
        this.factory = factory;
    }

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        return noting(HttpClient.Builder.class, factory.newBuilder(config));
    }

    @Override
    public HttpClient.Builder newBuilder() {
        return noting(HttpClient.Builder.class, factory.newBuilder());
    }

    @Override
    public boolean renew(Watched watched) {
        List<Connection> theirs = open.entrySet().stream()
                .filter(one -> watched.requests().matcher(one.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList();
        theirs.forEach(Connection::end);
        return !theirs.isEmpty();
    }

    /** A builder of the same kind, whose clients note their watches. */
    private <B extends HttpClient.DerivedClientBuilder> B noting(Class<B> type, B builder) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(builder, arguments);
                        if (result instanceof HttpClient client) {
                            return new Client(client);
                        }
                        // all but build() return the builder
                        return result instanceof HttpClient.DerivedClientBuilder ? self : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private final class Client implements HttpClient {
        private final HttpClient client;

        Client(HttpClient client) {
            this.client = client;
        }

        @Override
        public DerivedClientBuilder newBuilder() {
            return noting(DerivedClientBuilder.class, client.newBuilder());
        }

        @Override
        public WebSocket.Builder newWebSocketBuilder() {
            return new Opening(client.newWebSocketBuilder());
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
            return client.sendAsync(request, type);
        }

        @Override
        public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
                HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            return client.consumeBytes(request, consumer);
        }

        @Override
        public HttpRequest.Builder newHttpRequestBuilder() {
            return client.newHttpRequestBuilder();
        }

        @Override
        public boolean isClosed() {
            return client.isClosed();
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private final class Opening implements WebSocket.Builder {
        private final WebSocket.Builder builder;
        private String path = "";

        Opening(WebSocket.Builder builder) {
            this.builder = builder;
        }

        @Override
        public WebSocket.Builder uri(URI uri) {
            path = uri.getPath();
            builder.uri(uri);
            return this;
        }

        @Override
        public CompletableFuture<WebSocket> buildAsync(WebSocket.Listener listener) {
            return builder.buildAsync(new Connection(path, listener));
        }

        @Override
        public WebSocket.Builder subprotocol(String protocol) {
            builder.subprotocol(protocol);
            return this;
        }

        @Override
        public WebSocket.Builder header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        @Override
        public WebSocket.Builder setHeader(String name, String value) {
            builder.setHeader(name, value);
            return this;
        }

        @Override
        public WebSocket.Builder connectTimeout(long timeout, TimeUnit unit) {
            builder.connectTimeout(timeout, unit);
            return this;
        }
    }

    /** Passes on what is heard. A listener of fabric8's may be told two things at once: when one of them is the end, the other does not count or came before. */
    private final class Connection implements WebSocket.Listener {
        private final String path;
        private final WebSocket.Listener listener;
        private volatile @Nullable WebSocket socket;

        Connection(String path, WebSocket.Listener listener) {
            this.path = path;
            this.listener = listener;
        }

        void end() {
            open.remove(path, this);
            WebSocket opened = socket;
            if (opened != null) {
                listener.onMessage(opened, TOO_OLD);
            }
        }

        @Override
        public void onOpen(WebSocket webSocket) {
            socket = webSocket;
            open.put(path, this);
            listener.onOpen(webSocket);
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            listener.onMessage(webSocket, text);
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteBuffer bytes) {
            listener.onMessage(webSocket, bytes);
        }

        @Override
        public void onClose(WebSocket webSocket, int code, String reason) {
            open.remove(path, this);
            listener.onClose(webSocket, code, reason);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            open.remove(path, this);
            listener.onError(webSocket, error);
        }
    }
}
