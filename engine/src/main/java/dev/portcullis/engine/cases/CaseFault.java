package dev.portcullis.engine.cases;

/**
 * What is wrong with a file of cases, or with one that it names.
 *
 * @param file as the caller named it
 * @param line from 1
 * @param message what is wrong, and what to write instead
 */
public record CaseFault(String file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
