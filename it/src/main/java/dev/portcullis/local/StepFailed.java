package dev.portcullis.local;

/** Something was not as {@code ./try} has to find it: its message says what was expected and what was seen. */
final class StepFailed extends IllegalStateException {
    private static final long serialVersionUID = 1;

    StepFailed(String message) {
        super(message);
    }
}
