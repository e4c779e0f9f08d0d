package dev.portcullis.operator.given;

import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/** A watch that may become deaf: it stays open, and nothing comes to it any more. */
final class Hearing extends WebSocketListener {
    private final WebSocketListener watch;
    private volatile boolean isDeaf;

    Hearing(WebSocketListener watch) {
        this.watch = watch;
    }

    void end() {
        isDeaf = true;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        watch.onOpen(new Muffled(socket), response);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        watch.onClosing(socket, code, reason);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        watch.onClosed(socket, code, reason);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable problem, Response response) {
        watch.onFailure(socket, problem, response);
    }

    private final class Muffled implements WebSocket {
        private final WebSocket socket;

        Muffled(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public RecordedRequest request() {
            return socket.request();
        }

        @Override
        public boolean send(String text) {
            return isDeaf || socket.send(text);
        }

        @Override
        public boolean send(byte[] bytes) {
            return isDeaf || socket.send(bytes);
        }

        @Override
        public boolean close(int code, String reason) {
            return socket.close(code, reason);
        }
    }
}
