package dev.portcullis.local;

import ch.qos.logback.classic.LoggerContext;
import dev.portcullis.local.TryState.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The commands of {@code ./try}; the script of that name builds this and calls it. */
public final class Try {
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);

    private final TryState state = new TryState(Checkout.root().resolve(".try"));
    private final TryConsole console = new TryConsole();

    private Try() {}

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        if (!command.equals("daemon") && LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            // on the console the operator's logging configuration has no place: a failure is told in a sentence
            logging.reset();
        }
        // not all threads of the libraries are daemons
        System.exit(new Try().run(command));
    }

    private int run(String command) {
        try {
            return switch (command) {
                case "story" -> story();
                case "up" -> up();
                case "check" -> check();
                case "down" -> locked(this::down);
                case "status" -> status();
                case "daemon" -> {
                    new TryDaemon(state).run();
                    yield 1;
                }
                default -> throw new IllegalArgumentException("unknown command " + command);
            };
        } catch (RuntimeException e) {
            if (command.equals("daemon")) {
                // its output is the log; who waits for it tells the end of that
                e.printStackTrace();
            } else {
                fail(e);
            }
            return 1;
        }
    }

    // ---------------------------------------------------------------------------------------- commands

    private int story() {
        locked(() -> start(false));
        tell();
        console.line("");
        console.line("It keeps running. " + console.bold("Go on by hand:"));
        hints(
                "kubectl delete --as taylor@example.com -n marketing dua churn-orders     # then ask again, decide otherwise");
        return 0;
    }

    private int up() {
        boolean started = locked(() -> start(true));
        console.line("");
        console.line((started ? "Everything is up. " : "It was up already. ") + console.bold("Go on by hand:"));
        hints("kubectl annotate --as olga@example.com -n marketing dua churn-orders portcullis.dev/decision=approved");
        return 0;
    }

    private int check() {
        boolean started = false;
        try {
            started = locked(() -> start(false));
            tell();
            return 0;
        } catch (RuntimeException e) {
            fail(e);
            // a start that failed half-way is ours to clean up, too
            started |= !Files.exists(state.ready());
            return 1;
        } finally {
            if (started) {
                locked(this::down);
            }
        }
    }

    private int status() {
        List<Recorded> processes = state.processes();
        if (processes.isEmpty()) {
            console.line("nothing runs; ./try up starts it");
            return 3;
        }
        for (Recorded process : processes) {
            console.line(
                    String.format("%-24s %s", process.name(), process.isAlive() ? "process " + process.pid() : "gone"));
        }
        if (!state.daemonIsAlive()) {
            console.line("not usable; ./try up cleans up and starts anew");
            return 3;
        }
        if (!Files.exists(state.servers())) {
            console.line("still starting");
            return 3;
        }
        try (TryCluster cluster = new TryCluster(state)) {
            boolean api = cluster.answers();
            boolean operator = cluster.operatorIsReady();
            boolean postgres = cluster.shop().query("taylor", "SELECT 1").allowed();
            console.line("API server   " + (api ? "ready" : "not ready") + "   " + cluster.property("kubernetes.url"));
            console.line("PostgreSQL   " + (postgres ? "ready" : "not ready") + "   127.0.0.1:"
                    + cluster.property("postgres.port"));
            console.line("operator     " + (operator ? "ready" : "not ready") + "   logs: "
                    + relative(state.logs().resolve("operator.log")));
            return api && operator && postgres ? 0 : 3;
        }
    }

    /** Ends what was recorded and nothing else: a process that has only inherited the number is not touched. */
    private int down() {
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

    // ---------------------------------------------------------------------------------------- starting

    /** True when it had to be started. */
    private boolean start(boolean withAgreements) {
        if (state.daemonIsAlive() && Files.exists(state.ready())) {
            try (TryCluster cluster = new TryCluster(state)) {
                cluster.awaitOperator(READY);
                Await.until(READY, "API server ready", cluster::answers);
            }
            return false;
        }
        if (!state.processes().isEmpty()) {
            console.line("cleaning up after an earlier start that was not ended by ./try down");
            down();
        }
        state.forget();
        PostgresBinaries.deleteRecursively(state.logs());
        long from = System.nanoTime();
        spawnDaemon();
        follow(from);
        try (TryCluster cluster = new TryCluster(state)) {
            applySamples(cluster, withAgreements);
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
            List<String> command = new java.util.ArrayList<>(List.of(
                    "bash",
                    "-c",
                    "set -m; nohup \"$@\" >>\"$0\" 2>&1 </dev/null &",
                    state.logs().resolve("daemon.log").toString()));
            command.addAll(java);
            Process shell = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (shell.waitFor() != 0) {
                throw new IllegalStateException("cannot start the daemon");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Tells what the daemon does, until it has done it. */
    private void follow(long from) {
        long end = from + START.toNanos();
        long born = from + Duration.ofSeconds(20).toNanos();
        int told = 0;
        while (true) {
            boolean up = Files.exists(state.servers());
            boolean dead = !state.daemonIsAlive() && (!state.processes().isEmpty() || System.nanoTime() > born);
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

    private void applySamples(TryCluster cluster, boolean withAgreements) {
        cluster.writeCredentials();
        String dir = "samples/quickstart/";
        kubectl(
                cluster,
                "apply",
                "-f",
                dir + "10-namespaces.yaml",
                "-f",
                dir + "20-teams.yaml",
                "-f",
                cluster.platformSample().toString(),
                "-f",
                dir + "40-rights.yaml");
        kubectl(cluster, "apply", "--as", "olga@example.com", "-f", dir + "50-offer.yaml");
        awaitReady("the DataPlatform warehouse", () -> cluster.platform("warehouse"));
        awaitReady("the OutputPort orders-v1", () -> cluster.port("checkout", "orders-v1"));
        awaitReady("the OutputPort order-items-v1", () -> cluster.port("checkout", "order-items-v1"));
        if (withAgreements) {
            kubectl(
                    cluster,
                    "apply",
                    "--as",
                    "taylor@example.com",
                    "-f",
                    dir + "60-agreement-auto-approved.yaml",
                    "-f",
                    dir + "62-agreement-manual.yaml");
            kubectl(cluster, "apply", "--as", "robin@example.com", "-f", dir + "61-agreement-same-team.yaml");
        }
    }

    private static void kubectl(TryCluster cluster, String... arguments) {
        TryCluster.Ran ran = cluster.kubectl(List.of(arguments));
        if (!ran.succeeded()) {
            throw new StepFailed(
                    "expected: kubectl " + String.join(" ", arguments) + "\nto succeed\nseen: " + ran.output());
        }
    }

    private static void awaitReady(String what, java.util.function.Supplier<String> condition) {
        try {
            Await.until(READY, () -> what, () -> condition.get().startsWith("True"));
        } catch (IllegalStateException e) {
            throw new StepFailed("expected: " + what + " gets ready within " + READY.toSeconds() + " s\nseen: Ready "
                    + condition.get());
        }
    }

    // ---------------------------------------------------------------------------------------- telling

    private void tell() {
        long from = System.nanoTime();
        try (TryCluster cluster = new TryCluster(state)) {
            new TryStory(cluster, console).tell();
        }
        console.line("");
        console.line(console.checks() + " checks passed in "
                + TryConsole.seconds(Duration.ofNanos(System.nanoTime() - from)) + ".");
    }

    private void progress(long from, String line) {
        console.line(String.format(java.util.Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - from) / 1e9, line));
    }

    private void hints(String next) {
        console.line(
                "  source " + relative(state.env()) + "        # kubectl as administrator, PostgreSQL as superuser");
        console.line("  kubectl get dua -A -o wide");
        console.line("  " + next);
        console.line("  PGUSER=taylor PGPASSWORD=taylor dev/psql 'SELECT * FROM sales.orders LIMIT 3'");
        console.line("  ./try status       # what runs; kill any of it, it comes back");
        console.line("  ./try down         # stops it all and throws its data away");
    }

    private void fail(RuntimeException e) {
        console.line("");
        console.failed(e instanceof StepFailed ? "" : e.getClass().getSimpleName());
        console.text(String.valueOf(e.getMessage()));
        console.text("logs: " + relative(state.logs()) + "/ (operator.log, kube-apiserver.log, postgres.log, ...)");
    }

    private static String relative(Path path) {
        return Checkout.root().relativize(path).toString();
    }

    /** One at a time: two that start, or one that starts while another stops, would tread on each other. */
    private <T> T locked(java.util.function.Supplier<T> action) {
        try {
            Files.createDirectories(Checkout.root().resolve(".try"));
            try (FileChannel channel =
                            FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (!lock.isValid()) {
                    throw new IllegalStateException("cannot lock " + state.lock());
                }
                return action.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            console.line("waiting for another ./try that is starting or stopping things");
            lock = channel.lock();
        }
        channel.write(java.nio.ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return lock;
    }
}
