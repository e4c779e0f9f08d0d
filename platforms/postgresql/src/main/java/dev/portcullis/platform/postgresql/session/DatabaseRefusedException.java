package dev.portcullis.platform.postgresql.session;

/** One database cannot be used, while the server can: it is missing, closed, not ours to enter, or has something that cannot be read. */
final class DatabaseRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseRefusedException(String message) {
        super(message);
    }
}
