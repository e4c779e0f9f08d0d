package dev.portcullis.platform.postgresql.filter;

/**
 * Why a text is no filter.
 *
 * @param line counted from 1
 * @param column in characters, counted from 1
 * @param message what to do
 */
public record Fault(int line, int column, String message) {
    /** For people. */
    public String sentence() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
