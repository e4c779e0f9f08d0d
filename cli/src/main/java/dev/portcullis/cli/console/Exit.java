package dev.portcullis.cli.console;

/** What a command ends with. Scripts rely on the numbers. */
public enum Exit {
    /** All is well. */
    OK(0),
    /** It could not be done (a file cannot be read, a server does not answer), or a test has failed. */
    FAILED(1),
    /** Something that was read is invalid. */
    INVALID(2),
    /** Something was found that --fail-on names. */
    FOUND(3),
    /** The command was not written as it has to be. Not 2: whoever takes a slip of the pen for an invalid manifest looks in the wrong place. */
    USAGE(64);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
