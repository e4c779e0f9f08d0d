package dev.portcullis.platform;

/** What became of one change. */
public sealed interface Outcome {
    /** The platform accepted it; whether it holds is read back afterwards. */
    record Applied() implements Outcome {}

    /** The platform refused it. */
    record Refused(Plan.Reason reason, String message) implements Outcome {}

    /** The platform will answer later. */
    record Pending(String message) implements Outcome {}
}
