package dev.portcullis.cli.console;

/** A command cannot do what it was asked for; the message says what to do next. */
public final class CannotBeDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotBeDone(String message) {
        super(message);
    }

    public CannotBeDone(String message, Throwable cause) {
        super(message, cause);
    }
}
