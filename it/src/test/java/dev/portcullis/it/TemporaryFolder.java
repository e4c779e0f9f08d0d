package dev.portcullis.it;

import dev.portcullis.local.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/**
 * A folder for servers and programs, which goes with everything in it when it is closed, also while a program that was just ended writes its last there: JUnit's
 * own would fail the test then. With {@code -Dportcullis.keep=true} it stays, with the logs in it.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    public static TemporaryFolder create(String name) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        if (!Boolean.getBoolean("portcullis.keep")) {
            Await.until(LAST_WORDS, path + " deleted", () -> {
                delete();
                return !Files.exists(path);
            });
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                // somebody else deleted it
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
