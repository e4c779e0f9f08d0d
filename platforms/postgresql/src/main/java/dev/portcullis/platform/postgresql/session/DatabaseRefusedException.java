package dev.portcullis.platform.postgresql.session;

/** One database cannot be connected to, while the server can: it is missing, closed, or not ours to enter. */
final class DatabaseRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseRefusedException(String message) {
        super(message);
    }
}
