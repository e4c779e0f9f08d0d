package dev.portcullis.supply;

/** Something that is needed for an answer is not there or cannot be read; the message says what to do. */
public final class MissingData extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MissingData(String message) {
        super(message);
    }

    public MissingData(String message, Throwable cause) {
        super(message, cause);
    }
}
