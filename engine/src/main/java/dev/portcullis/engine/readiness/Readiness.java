package dev.portcullis.engine.readiness;

import dev.portcullis.engine.facts.Problem;

/**
 * Whether an object can be used.
 *
 * @param reason one CamelCase word for programs
 * @param message a sentence that says what to do next, where it cannot
 */
public record Readiness(State state, String reason, String message) {
    /** How it is. */
    public enum State {
        READY,
        /** Not to be used, and somebody wants it so. */
        PAUSED,
        /** Not to be used before something is mended. */
        FAULTY
    }

    static Readiness ready(String reason, String message) {
        return new Readiness(State.READY, reason, message);
    }

    static Readiness paused(String reason, String message) {
        return new Readiness(State.PAUSED, reason, message);
    }

    static Readiness faulty(String reason, String message) {
        return new Readiness(State.FAULTY, reason, message);
    }

    static Readiness faulty(Problem problem) {
        return faulty(problem.reason(), problem.message());
    }

    public boolean isReady() {
        return state == State.READY;
    }
}
