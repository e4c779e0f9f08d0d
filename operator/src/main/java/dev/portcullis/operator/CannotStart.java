package dev.portcullis.operator;

import org.jspecify.annotations.Nullable;

/** Why the operator does not start, in words for whoever installs it: what is wrong, and what to do about it. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
