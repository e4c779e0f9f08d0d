package dev.portcullis.it.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the operator logs from now on, also when it is started anew. */
final class LogFromNowOn {
    private final Path file;
    private final int before;

    LogFromNowOn(Installation installation) {
        file = installation.operator().log();
        before = bytes().length;
    }

    String text() {
        byte[] all = bytes();
        return new String(all, before, all.length - before, StandardCharsets.UTF_8);
    }

    /** What only a fault of the operator's own logs. */
    List<String> faults() {
        return text().lines()
                .filter(line -> line.contains(" ERROR ")
                        || line.contains("Uncaught")
                        || line.contains("Exception: ")
                        || line.startsWith("\tat "))
                .toList();
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
