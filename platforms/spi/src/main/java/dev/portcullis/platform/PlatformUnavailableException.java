package dev.portcullis.platform;

/** The platform cannot be used now: a condition of the DataPlatform, never of every agreement. The message has no secret in it. */
public final class PlatformUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, as one CamelCase word for the condition. */
    public enum Reason {
        /** No connection: refused, timed out, name unknown, TLS failed. */
        Unreachable,
        /** The server refused the login. */
        LoginRefused,
        /** The login may not do what the operator needs; the message says what to run. */
        NotPrivileged,
        /** The Secret is missing, forbidden or lacks a key. */
        SecretNotUsable,
        /** The server takes no writes: a standby, or a primary that was made read-only. */
        ReadOnly,
        /** Another server answers than the one the session began with. */
        ServerChanged,
        /** The server answered with an error that concerns no single change. */
        ServerError
    }

    private final Reason reason;

    public PlatformUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PlatformUnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
