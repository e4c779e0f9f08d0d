package dev.portcullis.local;

import dev.portcullis.local.TryState.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Brings everything up: starts the daemon, tells what it does until it has done it, and has the samples applied. */
final class TryStart {
    private static final Duration START = Duration.ofMinutes(4);

    private final TryState state;
    private final TryConsole console;
    private final TryProcesses processes;
    private volatile boolean started;

    TryStart(TryState state, TryConsole console, TryProcesses processes) {
        this.state = state;
        this.console = console;
        this.processes = processes;
    }

    /** Whether anything was started here, be it only half-way. */
    boolean hasStarted() {
        return started;
    }

    /** True when it had to be started. */
    boolean bringUp(boolean withAgreements) {
        if (state.isUp()) {
            try (TryCluster cluster = new TryCluster(state)) {
                new TryRepair(state, cluster, console).repair();
            }
            return false;
        }
        if (!state.processes().isEmpty()) {
            console.line("cleaning up after an earlier start that was not ended by ./try down");
            processes.down();
        }
        state.forget();
        PostgresBinaries.deleteRecursively(state.logs());
        long from = System.nanoTime();
        started = true;
        spawnDaemon();
        follow(from);
        try (TryCluster cluster = new TryCluster(state)) {
            TrySamples samples = new TrySamples(cluster);
            samples.offer();
            if (withAgreements) {
                samples.request();
            }
        }
        progress(from, "samples/quickstart applied, warehouse and its ports are ready");
        state.write(state.ready(), "ready\n");
        return true;
    }

    private void spawnDaemon() {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dportcullis.root=" + Checkout.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Try.class.getName(),
                "daemon");
        try {
            Files.createDirectories(state.logs());
            // a process group of its own, out of the terminal's reach: Ctrl-C is for the command, not for the servers
            // (nor may Ctrl-C come between the start and telling the process id)
            List<String> command = new ArrayList<>(List.of(
                    "bash",
                    "-c",
                    "trap : INT; set -m; nohup \"$@\" >>\"$0\" 2>&1 </dev/null & echo $!",
                    state.logs().resolve("daemon.log").toString()));
            command.addAll(java);
            Process shell = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (pid.isEmpty()) {
                throw new IllegalStateException("cannot start the daemon");
            }
            recordDaemon(Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It does so itself, but only after a moment, and it may have to be ended before. */
    private void recordDaemon(long pid) {
        ProcessHandle.of(pid)
                .filter(process -> state.processes().isEmpty())
                .ifPresent(process -> state.record(List.of(Recorded.of(TryState.DAEMON, process))));
    }

    /** Tells what the daemon does, until it has done it. */
    private void follow(long from) {
        long end = from + START.toNanos();
        int told = 0;
        while (true) {
            boolean up = Files.exists(state.servers());
            boolean dead = !state.daemonIsAlive();
            List<String> lines = state.lines(state.progress());
            for (; told < lines.size(); told++) {
                progress(from, lines.get(told));
            }
            if (up) {
                return;
            }
            if (dead || System.nanoTime() > end) {
                List<String> log = state.lines(state.logs().resolve("daemon.log"));
                throw new StepFailed("expected: the servers and the operator start\nseen: "
                        + (dead ? "the daemon ended" : "still not up after " + START.toMinutes() + " minutes")
                        + "; the end of its log:\n"
                        + String.join("\n", log.subList(Math.max(0, log.size() - 30), log.size())));
            }
            Await.pause(Duration.ofMillis(50));
        }
    }

    private void progress(long from, String line) {
        console.line(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - from) / 1e9, line));
    }
}
