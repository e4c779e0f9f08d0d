package dev.portcullis.engine.cases;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a case.
 *
 * @param differences where it is not what was expected; none: the case has passed
 * @param message what the engine says of the request
 * @param rules POLICY/RULE of what has a say in it: the rule that is expected, and those that ask nobody and only limit what comes of it
 */
public record CaseResult(PolicyCase of, List<Difference> differences, String message, Set<String> rules) {
    /** A value that is not as expected. */
    public record Difference(String field, String expected, String actual) {}

    public boolean hasPassed() {
        return differences.isEmpty();
    }

    /** For people, in several lines where it has failed. */
    public String text() {
        if (hasPassed()) {
            return "ok   " + of.name();
        }
        return differences.stream()
                .map(difference -> "\n     " + difference.field() + ": expected " + difference.expected() + ", was "
                        + difference.actual())
                .collect(Collectors.joining("", "FAIL " + of.name() + " (" + of.place() + ")", "\n     " + message));
    }
}
