package dev.portcullis.it.admission;

/** The API server said no. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    Refused(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
