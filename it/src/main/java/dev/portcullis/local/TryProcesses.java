package dev.portcullis.local;

import dev.portcullis.local.TryState.Recorded;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The processes that {@code ./try} has written down: what has become of them, and their end. */
final class TryProcesses {
    private static final Duration END = Duration.ofSeconds(30);

    private final TryState state;
    private final TryConsole console;

    TryProcesses(TryState state, TryConsole console) {
        this.state = state;
        this.console = console;
    }

    /** Tells what runs; the exit code is zero when all of it is ready. */
    int status() {
        List<Recorded> processes = state.processes();
        if (processes.isEmpty()) {
            console.line("nothing runs; ./try up starts it");
            return 3;
        }
        Set<String> gone = new LinkedHashSet<>();
        for (Recorded process : processes) {
            boolean alive = process.isAlive();
            console.line(String.format("%-24s %s", process.name(), alive ? "process " + process.pid() : "gone"));
            if (!alive) {
                gone.add(process.name());
            }
        }
        if (gone.contains(TryState.DAEMON)) {
            console.line("not usable; ./try up cleans up and starts anew");
            return 3;
        }
        if (!Files.exists(state.servers())) {
            console.line("still starting");
            return 3;
        }
        try (TryCluster cluster = new TryCluster(state)) {
            // what was seen gone is not ready, even if it is back by now: one answer must not contradict itself
            boolean api = !gone.contains("kube-apiserver") && cluster.answers();
            boolean operator = !gone.contains("operator") && cluster.operatorIsReady();
            boolean postgres = !gone.contains("postgres")
                    && cluster.shop().query("taylor", "SELECT 1").allowed();
            console.line("API server   " + (api ? "ready" : "not ready") + "   " + cluster.property("kubernetes.url"));
            console.line("PostgreSQL   " + (postgres ? "ready" : "not ready") + "   127.0.0.1:"
                    + cluster.property("postgres.port"));
            console.line("operator     " + (operator ? "ready" : "not ready") + "   logs: "
                    + Checkout.relative(state.logs().resolve("operator.log")));
            boolean warehouse = api && postgres && tellWarehouse(new TryWarehouse(cluster));
            if (!gone.isEmpty()) {
                console.line("gone         " + String.join(", ", gone) + "; started again in a moment");
            }
            return operator && warehouse && gone.isEmpty() ? 0 : 3;
        }
    }

    private boolean tellWarehouse(TryWarehouse warehouse) {
        if (!Files.exists(state.ready())) {
            console.line("warehouse    not ready   samples/quickstart is not applied yet");
            return false;
        }
        Optional<String> astray = warehouse.astray();
        String condition = warehouse.ready();
        boolean ready = astray.isEmpty() && condition.startsWith("True");
        console.line("warehouse    "
                + (ready
                        ? "ready"
                        : "not ready   "
                                + astray.map(what -> what + "; ./try up puts it right")
                                        .orElse(condition)));
        return ready;
    }

    /** Ends what was recorded and nothing else: a process that has only inherited the number is not touched. */
    int down() {
        List<Recorded> alive =
                state.processes().stream().filter(Recorded::isAlive).toList();
        if (state.processes().isEmpty()) {
            console.line("nothing runs");
            return 0;
        }
        // the daemon ends its children itself, each as it likes to be ended; without it they are ended here
        if (state.daemonIsAlive()) {
            signal(alive.get(0), ChildProcess.Stop.TERM);
        } else {
            alive.forEach(process -> signal(process, stopOf(process.name())));
        }
        long end = System.nanoTime() + END.toNanos();
        while (state.processes().stream().anyMatch(Recorded::isAlive) && System.nanoTime() < end) {
            Await.pause(Duration.ofMillis(50));
        }
        for (Recorded process : state.processes()) {
            if (process.isAlive()) {
                console.line(process.name() + " (process " + process.pid() + ") does not end when asked; killed");
                signal(process, ChildProcess.Stop.KILL);
            }
        }
        Await.until(
                Duration.ofSeconds(10),
                "all processes gone",
                () -> state.processes().stream().noneMatch(Recorded::isAlive));
        state.forget();
        console.line("stopped: "
                + String.join(", ", alive.stream().map(Recorded::name).toList())
                + (alive.isEmpty() ? "nothing was left of it" : ""));
        return 0;
    }

    private static void signal(Recorded process, ChildProcess.Stop how) {
        ProcessHandle.of(process.pid()).ifPresent(handle -> ChildProcess.signal(handle, how));
    }

    private static ChildProcess.Stop stopOf(String name) {
        return switch (name) {
            case "postgres" -> ChildProcess.Stop.INT;
            case "operator", "daemon" -> ChildProcess.Stop.TERM;
            // the API server would wait for an etcd that ends at the same time
            default -> ChildProcess.Stop.KILL;
        };
    }
}
