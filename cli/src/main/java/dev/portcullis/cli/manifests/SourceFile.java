package dev.portcullis.cli.manifests;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that may have manifests.
 *
 * @param name for people, as they find it
 */
public record SourceFile(String name, String text) {
    /** @throws CannotBeDone where it is not there or no text */
    public static SourceFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotBeDone("there is no file " + file);
        }
        try {
            return new SourceFile(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new CannotBeDone(file + " is not written in UTF-8: save it so, or keep it elsewhere", e);
        } catch (AccessDeniedException e) {
            // whose message is the name of the file once more
            throw new CannotBeDone("you may not read " + file, e);
        } catch (IOException e) {
            throw new CannotBeDone(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
