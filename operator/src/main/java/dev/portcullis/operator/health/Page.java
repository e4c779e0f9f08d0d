package dev.portcullis.operator.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is answered to a request.
 *
 * @param code of HTTP
 * @param contentType of the body
 * @param body from its position to its limit
 */
public record Page(int code, String contentType, ByteBuffer body) {
    static final int OK = 200;
    static final int NOT_FOUND = 404;
    static final int NOT_ALLOWED = 405;
    static final int TOO_LONG = 431;
    static final int BROKEN = 500;
    static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";

    /**
     * A page that is there.
     *
     * @param body not to be changed any more
     */
    public static Page of(String contentType, byte[] body) {
        return new Page(OK, contentType, ByteBuffer.wrap(body));
    }

    /** The answer to a probe. */
    public static Page probe(boolean isWell) {
        return isWell ? text(OK, "ok") : text(UNAVAILABLE, "not yet");
    }

    static Page text(int code, String line) {
        return new Page(code, TEXT, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** As it is sent; the connection ends with it. The body is not copied: many may be reading a long one at a time. */
    ByteBuffer[] response() {
        String head = "HTTP/1.1 " + code + " " + reason() + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.remaining() + "\r\nConnection: close\r\n\r\n";
        return new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), body.duplicate()};
    }

    private String reason() {
        return switch (code) {
            case OK -> "OK";
            case NOT_FOUND -> "Not Found";
            case NOT_ALLOWED -> "Method Not Allowed";
            case TOO_LONG -> "Request Header Fields Too Large";
            case UNAVAILABLE -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
