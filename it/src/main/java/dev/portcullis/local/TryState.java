package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What {@code ./try} knows from one call to the next: the folder {@code .try}. */
final class TryState {
    /** The name of the process that has started all others. */
    static final String DAEMON = "daemon";

    private final Path dir;

    TryState(Path dir) {
        this.dir = dir;
    }

    /** A process that was started, told from a later one with the same id by when it started. */
    record Recorded(String name, long pid, Instant startedAt) {
        /** The clock that start times come from is coarse, and read anew by every JVM. */
        private static final Duration TOLERANCE = Duration.ofSeconds(3);

        boolean isAlive() {
            return ProcessHandle.of(pid)
                    .filter(ChildProcess::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .filter(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                    .isPresent();
        }

        static Recorded of(String name, ProcessHandle process) {
            return new Recorded(
                    name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
        }

        static Recorded of(ChildProcess child) {
            return new Recorded(child.name(), child.pid(), child.startedAt());
        }

        String line() {
            return name + " " + pid + " " + startedAt.toEpochMilli();
        }

        /** Nothing where it is no line of {@link #line}. */
        static Optional<Recorded> parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Recorded(
                        words[0], Long.parseLong(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2]))));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    Path logs() {
        return dir.resolve("logs");
    }

    /** Of the servers; thrown away with them. */
    Path data() {
        return dir.resolve("data");
    }

    Path postgresBinaries() {
        return dir.resolve("pgsql");
    }

    /** To be sourced by a shell. */
    Path env() {
        return dir.resolve("env");
    }

    /** The samples as applied, with host and port filled in. */
    Path samples() {
        return dir.resolve("quickstart");
    }

    Path lock() {
        return dir.resolve("lock");
    }

    /** Lines of what the daemon is doing, for whoever waits for it. */
    Path progress() {
        return dir.resolve("progress");
    }

    /** There once the servers and the operator are up: how to reach them. */
    Path servers() {
        return dir.resolve("servers.properties");
    }

    /** There once the samples are applied, too. */
    Path ready() {
        return dir.resolve("ready");
    }

    private Path processFile() {
        return dir.resolve("processes");
    }

    /** The daemon first. */
    void record(List<Recorded> processes) {
        write(
                processFile(),
                String.join("\n", processes.stream().map(Recorded::line).toList()) + "\n");
    }

    List<Recorded> processes() {
        List<Recorded> all = new ArrayList<>();
        for (String line : processLines()) {
            if (!line.isBlank()) {
                all.add(Recorded.parse(line).orElseThrow(() -> garbled(line)));
            }
        }
        return all;
    }

    /** To guess would be to end processes of others. */
    private static StepFailed garbled(String line) {
        return new StepFailed(".try/processes is garbled, it says '" + line
                + "': nobody can tell from it what runs;\nrm -rf .try after stopping what still runs (ps -ef | grep '"
                + Checkout.root() + "/[.]try' names it)");
    }

    /** Whether this daemon is still the one that is written down: otherwise nobody would find it, and what it started, to end it. */
    boolean isRecorded(Recorded daemon) {
        try {
            List<String> lines = processLines();
            return !lines.isEmpty() && lines.get(0).startsWith(daemon.name() + " " + daemon.pid() + " ");
        } catch (UncheckedIOException e) {
            // there but not readable for now, as when this machine runs out of open files: no reason to stop everything
            return true;
        }
    }

    boolean daemonIsAlive() {
        List<Recorded> all = processes();
        return !all.isEmpty() && all.get(0).isAlive();
    }

    /** Whether an earlier start came to its end and is still there. */
    boolean isUp() {
        return daemonIsAlive() && Files.exists(ready()) && Files.exists(servers());
    }

    Properties serverProperties() {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(servers())) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is running: " + servers() + " is missing", e);
        }
        return properties;
    }

    private List<String> processLines() {
        // whatever bytes somebody has put there are lines
        return lines(processFile(), StandardCharsets.ISO_8859_1);
    }

    List<String> lines(Path file) {
        return lines(file, StandardCharsets.UTF_8);
    }

    private static List<String> lines(Path file, Charset charset) {
        try {
            return Files.readAllLines(file, charset);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All or nothing, and for the owner's eyes: some of it is a password. */
    void write(Path file, String content) {
        try {
            Path parent = file.resolveSibling("");
            // a folder in it, but never the folder itself: who has removed that while something runs wants all of it
            // gone
            if (!parent.equals(dir) && !Files.isDirectory(parent)) {
                Files.createDirectory(parent);
            }
            Path fresh = Files.createTempFile(
                    parent,
                    ".new",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets the servers, once they are gone. Logs stay for whoever wants to know why. */
    void forget() {
        try {
            for (Path file : List.of(ready(), env(), servers(), progress(), processFile())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PostgresBinaries.deleteRecursively(data());
        PostgresBinaries.deleteRecursively(samples());
    }
}
