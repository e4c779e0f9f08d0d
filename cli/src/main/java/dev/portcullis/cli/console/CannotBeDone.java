package dev.portcullis.cli.console;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked for; the message says what to do next. */
public final class CannotBeDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    public CannotBeDone(String message) {
        this(message, null, Exit.FAILED);
    }

    public CannotBeDone(String message, Throwable cause) {
        this(message, cause, Exit.FAILED);
    }

    private CannotBeDone(String message, @Nullable Throwable cause, Exit exit) {
        super(message, cause);
        this.exit = exit;
    }

    /** The command, or what stands in the environment for a part of it, is not written as it has to be. */
    public static CannotBeDone asWritten(String message) {
        return new CannotBeDone(message, null, Exit.USAGE);
    }

    /** What the command ends with. */
    public Exit exit() {
        return exit;
    }
}
