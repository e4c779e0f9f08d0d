package dev.portcullis.benchmark.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run: operations one after the other, now and then a fault that lasts for some of them, and from time to time all faults are mended and everything has to be right. */
final class Chaos {
    /** How much time in which nothing is broken an access may outlive its end. */
    static final Duration BOUND = Duration.ofSeconds(5);

    private static final int OPERATIONS_UNTIL_SETTLED = 160;
    /** After everything was right: so that bounds are seen also where nothing fails. */
    private static final int MOST_CALM = 60;
    /** Of a short run. */
    private static final int PART_CALM = 8;

    private final long seed;
    private final Random random;
    private final int operations;
    private final int calm;
    private final Report report = new Report();
    private final QuietClock quiet = new QuietClock(System::nanoTime);
    private final Model model = new Model(quiet::now, Mesh.firstMembers(), Mesh.PORTS);
    private final FaultDice faults;
    private @Nullable Fault broken;
    private long brokenAt;
    private long looked;

    Chaos(long seed, int operations, List<String> only) {
        this.seed = seed;
        random = new Random(seed);
        this.operations = operations;
        calm = Math.min(MOST_CALM, operations / PART_CALM);
        faults = new FaultDice(random, only);
    }

    /** Runs on servers of its own below the folder; the report says how it went. */
    String run(Path directory) throws IOException, SQLException {
        try (Servers servers = new Servers(directory, new Random(seed));
                Access access = new Access(servers.postgres());
                Observer observer = new Observer(servers.postgres(), model, quiet::now, BOUND)) {
            Statuses statuses = new Statuses(servers.kube().client());
            Kubelet kubelet = new Kubelet(servers, quiet, report);
            Settling settling = new Settling(model, statuses, access, kubelet::look);
            try {
                operate(servers, observer, settling, kubelet);
            } catch (Settling.Mismatch e) {
                report.failed(String.valueOf(e.getMessage()));
                servers.dumpOperator();
            }
            Set<String> violations = observer.violations();
            if (!violations.isEmpty()) {
                report.failed(String.join("\n", violations) + "\n"
                        + settling.stories(settling.about(new LinkedHashSet<>(observer.violated())), statuses.all()));
            }
            return report.table(observer);
        }
    }

    Report report() {
        return report;
    }

    private void operate(Servers servers, Observer observer, Settling settling, Kubelet kubelet) {
        Dice dice = new Dice(random, model);
        Hands hands = new Hands(servers, model, random);
        dice.first().forEach(hands::does);
        int untilFault = calm;
        int untilMended = 0;
        for (int step = 1; step <= operations && observer.violations().isEmpty(); step++) {
            Operation operation = dice.next();
            Fault now = broken;
            if (now == null) {
                kubelet.look();
            }
            if (now == null || now.apiServerWorks() || !operation.needsApiServer()) {
                boolean taken = hands.does(operation);
                report.operation(operation, taken);
            }
            Pause.of(Duration.ofMillis(random.nextInt(now == null ? 120 : 500)));
            if (now != null && --untilMended <= 0) {
                mend(servers);
                untilFault = 10 + random.nextInt(30);
            } else if (now == null && --untilFault <= 0) {
                untilMended = 1 + random.nextInt(12);
                breakIt(servers, faults.next());
            }
            if (step % OPERATIONS_UNTIL_SETTLED == 0 || step == operations) {
                mend(servers);
                Duration took = settling.await();
                hasLooked(observer);
                report.settled(took);
                quiet.recovered();
                System.err.printf("%d of %d operations, all right after %d ms%n", step, operations, took.toMillis());
                untilFault = calm;
            }
        }
        mend(servers);
    }

    /** Who has not looked has found nothing. */
    private void hasLooked(Observer observer) {
        long looks = observer.looks();
        if (looks == looked) {
            throw new Settling.Mismatch("nobody has looked who has access since all was right the last time");
        }
        looked = looks;
    }

    private void breakIt(Servers servers, Fault fault) {
        quiet.broken();
        broken = fault;
        brokenAt = System.nanoTime();
        report.fault(fault);
        fault.begin(servers);
        tell(fault + " begins");
    }

    private void mend(Servers servers) {
        Fault fault = broken;
        if (fault != null) {
            fault.end(servers);
            tell(fault + " is mended");
            broken = null;
            quiet.mended(fault.recovery(Duration.ofNanos(System.nanoTime() - brokenAt)));
        }
    }

    private static void tell(String what) {
        if (Boolean.getBoolean("portcullis.verbose")) {
            System.err.println(Instant.now() + " " + what);
        }
    }
}
