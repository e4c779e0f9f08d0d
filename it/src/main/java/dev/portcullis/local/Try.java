package dev.portcullis.local;

import ch.qos.logback.classic.LoggerContext;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/** The commands of {@code ./try}; the script of that name builds this and calls it. */
public final class Try {
    private static final String GOES_ON = "interrupted; ./try down stops it";

    private final TryState state = new TryState(Checkout.root().resolve(".try"));
    private final TryConsole console = new TryConsole();
    private final TryLock lock = new TryLock(state, console);
    private final TryProcesses processes = new TryProcesses(state, console);
    private final TryStart start = new TryStart(state, console, processes);

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
                case "story" -> interruptibly(this::story, GOES_ON, () -> {});
                case "up" -> interruptibly(this::up, GOES_ON, () -> {});
                case "check" -> interruptibly(this::check, "interrupted", this::stopWhatWasStarted);
                case "down" -> lock.locked(processes::down);
                case "status" -> processes.status();
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
        lock.locked(() -> start.bringUp(false));
        tell();
        console.line("");
        console.line("It keeps running. " + console.bold("Go on by hand:"));
        hints();
        return 0;
    }

    private int up() {
        boolean started = lock.locked(() -> start.bringUp(true));
        console.line("");
        console.line((started ? "Everything is up. " : "It was up already. ") + console.bold("Go on by hand:"));
        hints();
        return 0;
    }

    private int check() {
        lock.locked(() -> start.bringUp(false));
        tell();
        return 0;
    }

    /** A start that failed or was interrupted half-way is ours to clean up, too. */
    private void stopWhatWasStarted() {
        if (start.hasStarted()) {
            lock.locked(processes::down);
        }
    }

    /** {@code end} is done at the end in any case, and without interruption. */
    private int interruptibly(IntSupplier work, String whenInterrupted, Runnable end) {
        Interruption interruption = Interruption.watch();
        try {
            return work.getAsInt();
        } catch (RuntimeException e) {
            if (interruption.happened()) {
                console.line("");
                console.line(whenInterrupted);
            } else {
                fail(e);
            }
            return 1;
        } finally {
            interruption.cleanUp(end);
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

    /** A request of its own: those of the samples may be decided and revoked by now. */
    private void hints() {
        console.line("  source " + Checkout.relative(state.env())
                + "        # kubectl as administrator, PostgreSQL as superuser");
        console.line("  kubectl apply --as quinn@example.com -f samples/by-hand/quinn-orders.yaml");
        console.line(
                "  kubectl annotate --as olga@example.com -n marketing dua quinn-orders portcullis.dev/decision=approved");
        console.line("  PGUSER=quinn PGPASSWORD=quinn dev/psql 'SELECT * FROM sales.orders LIMIT 3'");
        console.line("  kubectl get dua -A -o wide");
        console.line(
                "  kubectl delete --as quinn@example.com -n marketing dua quinn-orders     # ends it; then ask again");
        console.line("  ./try status       # what runs; kill any of it, it comes back");
        console.line("  ./try down         # stops it all and throws its data away");
        console.line("The platform's manifest with the address of this PostgreSQL is "
                + Checkout.relative(state.samples()) + "/30-platform.yaml, not the one in samples/quickstart.");
    }

    private void fail(RuntimeException e) {
        console.line("");
        console.failed(e instanceof StepFailed ? "" : e.getClass().getSimpleName());
        console.text(String.valueOf(e.getMessage()));
        console.text(
                "logs: " + Checkout.relative(state.logs()) + "/ (operator.log, kube-apiserver.log, postgres.log, ...)");
    }
}
