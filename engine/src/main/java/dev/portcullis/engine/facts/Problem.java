package dev.portcullis.engine.facts;

import java.util.List;

/**
 * Why something is not as it should be.
 *
 * @param reason one CamelCase word for programs
 * @param message a sentence that says what to do next
 * @param remedy what can heal it
 */
public record Problem(String reason, String message, Remedy remedy) {
    /** What can heal a problem. */
    public enum Remedy {
        /** It heals by itself when other objects change. */
        OTHERS,
        /** Only another request helps: what is wrong is fixed in this one. */
        NEW_REQUEST
    }

    /** A problem that heals when other objects change. */
    public static Problem healing(String reason, String message) {
        return new Problem(reason, message, Remedy.OTHERS);
    }

    /** A problem that only another request can heal. */
    public static Problem lasting(String reason, String message) {
        return new Problem(reason, message, Remedy.NEW_REQUEST);
    }

    /** Several problems in one line. */
    public static String sentences(List<Problem> problems) {
        return Sentences.joined(problems.stream().map(Problem::message).toList());
    }
}
