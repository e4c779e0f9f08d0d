package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One program that is started, stopped, killed and started again with the same arguments; its output is appended to a
 * log file. Whatever still runs when this JVM exits is ended then.
 */
public final class ChildProcess {
    /** How a program is asked to end. */
    enum Stop {
        TERM,
        INT,
        /** Not asked at all: its data are thrown away with it. */
        KILL
    }

    private static final Deque<ChildProcess> RUNNING = new ArrayDeque<>();
    /** Changed and read under the lock of {@link #RUNNING}: what has started is seen by whoever ends all. */
    private static boolean ending;

    private static volatile Runnable afterStart = () -> {};

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "end-children"));
        } catch (IllegalStateException e) {
            // this JVM ends already: nothing is started any more
            ending = true;
        }
    }

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Map<String, String> environment = new HashMap<>();
    private Stop atExit = Stop.TERM;
    private Stop stop = Stop.TERM;
    private volatile @Nullable Process process;
    private volatile Instant startedAt = Instant.EPOCH;

    public ChildProcess(String name, Path log, List<String> command) {
        this.name = name;
        this.log = log;
        this.command = List.copyOf(command);
    }

    ChildProcess environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** The signal of {@link #stop}, and what happens to it when this JVM exits first. */
    ChildProcess stopBy(Stop signal, Stop whenJvmExits) {
        stop = signal;
        atExit = whenJvmExits;
        return this;
    }

    /** Starts it; whether it is of use yet is for the caller to find out. */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already, as process " + pid());
        }
        try {
            Path parent = log.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            synchronized (RUNNING) {
                if (ending) {
                    throw new IllegalStateException("this JVM is about to end: not starting " + name);
                }
                Process fresh = builder.start();
                process = fresh;
                startedAt = fresh.info().startInstant().orElse(Instant.EPOCH);
                RUNNING.remove(this);
                RUNNING.push(this);
            }
            afterStart.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + command.get(0), e);
        }
    }

    /** Called after every start of any child: to write down at once what may have to be ended by somebody else. */
    static void afterEachStart(Runnable action) {
        afterStart = action;
    }

    /** All that were started and not ended by this JVM, the last one first. */
    static List<ChildProcess> started() {
        synchronized (RUNNING) {
            return List.copyOf(RUNNING);
        }
    }

    /** Asks it to end, and kills it when it has not within the time. */
    public void stop(Duration grace) {
        end(stop, grace);
    }

    /** {@code kill -9}: it gets no chance to tidy up. Returns when it is gone. */
    public void kill9() {
        end(Stop.KILL, Duration.ofSeconds(10));
    }

    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    public String name() {
        return name;
    }

    /** Its process id, or -1 before the first start. */
    public long pid() {
        Process current = process;
        return current == null ? -1 : current.pid();
    }

    /** When it was last started, which tells it from a later process with the same id. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Its exit code, or null while it runs and before the first start. */
    public @Nullable Integer exitCode() {
        Process current = process;
        return current == null || current.isAlive() ? null : current.exitValue();
    }

    public Path log() {
        return log;
    }

    /** The last lines of its log, for messages about what went wrong. */
    public String tail(int lines) {
        try {
            List<String> all = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + log + ": " + e.getMessage() + ")";
        }
    }

    /** How large the log is: to look later only at what came after. */
    long logSize() {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    boolean logContains(long from, String text) {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private void end(Stop how, Duration grace) {
        Process current = process;
        if (current == null) {
            return;
        }
        // the children too: a killed postgres leaves its backends for a moment, and they hold its memory
        List<ProcessHandle> descendants = current.descendants().toList();
        try {
            if (how != Stop.KILL) {
                signal(current.toHandle(), how);
                if (current.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            current.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
            if (!current.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " (process " + current.pid() + ") does not go away");
            }
            Await.until(
                    Duration.ofSeconds(10),
                    "children of " + name + " gone",
                    () -> descendants.stream().noneMatch(ChildProcess::isAlive));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            current.destroyForcibly();
        } finally {
            synchronized (RUNNING) {
                if (!current.isAlive()) {
                    RUNNING.remove(this);
                }
            }
        }
    }

    static void signal(ProcessHandle process, Stop how) {
        switch (how) {
            case TERM -> process.destroy();
            case KILL -> process.destroyForcibly();
            // Java can send nothing but TERM and KILL
            case INT -> {
                try {
                    int code = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
                    if (code != 0) {
                        process.destroy();
                    }
                } catch (IOException e) {
                    process.destroy();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    process.destroy();
                }
            }
        }
    }

    /**
     * Whether a process still does anything. One that has ended stays in the table until its parent takes notice, and
     * in many a container the first process never takes notice of the orphans that it inherits.
     */
    static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            // PID (NAME) STATE ...: the name may hold anything, brackets too
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            // no such file system (macOS), or gone since
            return process.isAlive();
        }
    }

    private static void endAll() {
        synchronized (RUNNING) {
            ending = true;
        }
        while (true) {
            ChildProcess last;
            synchronized (RUNNING) {
                // last started first: it may need what was started before it
                last = RUNNING.poll();
            }
            if (last == null) {
                return;
            }
            if (last.isAlive()) {
                last.end(last.atExit, Duration.ofSeconds(10));
            }
        }
    }

    private static Path nothing() {
        return Path.of("/dev/null");
    }
}
