package dev.portcullis.engine.manifest;

/**
 * What is wrong with a file.
 *
 * @param file as the caller named it
 * @param line from 1
 * @param message what is wrong, and what to write instead
 */
public record Fault(String file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
