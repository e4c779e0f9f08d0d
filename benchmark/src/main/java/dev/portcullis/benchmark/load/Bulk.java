package dev.portcullis.benchmark.load;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** All agreements at once, on ports that approve by themselves: from the first that is created to the last that has its membership. */
final class Bulk {
    private static final long PAGE = 500;
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final double STATUS_WRITES = 2;
    private static final double EVENTS = 1;
    private static final double STATEMENTS = 0.1;
    private static final double CPU_MILLIS = 12;

    private final Bench bench;
    private final int count;

    Bulk(Bench bench) {
        this.bench = bench;
        this.count = bench.work().agreements();
    }

    /** @param perSecond how many per second got from request to entitlement */
    record Result(double perSecond, List<Figure> figures) {}

    Result run() {
        AtomicLong connections = new AtomicLong();
        ApiCounts requests = bench.requests();
        Map<String, Long> before = bench.warehouse().statements();
        Cpu cpu = Cpu.now(bench.servers());
        long start = System.nanoTime();
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
        Warehouse eyes = new Warehouse(bench.servers().postgres());
        Future<?> looking = looks.scheduleWithFixedDelay(
                () -> connections.accumulateAndGet(eyes.connections(), Math::max), 0, 200, TimeUnit.MILLISECONDS);
        Duration creating = bench.writers()
                .run("create " + count, count, i -> bench.create(bench.work().agreement(i)));
        try (Progress progress = new Progress("grant " + count, count)) {
            bench.warehouse().awaitCalmly("all have their membership", Bench.PATIENCE, () -> {
                long done = bench.warehouse().memberships(Workload.PEOPLE);
                progress.at(done);
                return done == count;
            });
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        bench.awaitQuiet(QUIET);
        looking.cancel(false);
        looks.shutdown();
        Cpu used = Cpu.now(bench.servers()).since(cpu);
        ApiCounts made = bench.requests().since(requests);
        Map<String, Long> ran = new TreeMap<>(bench.warehouse().statements());
        before.forEach((kind, calls) -> ran.merge(kind, -calls, Long::sum));
        double statements = ran.values().stream().mapToLong(Long::longValue).sum() / (double) count;
        requireAllActive();
        eyes.close();

        double perSecond = count / seconds;
        double status = (made.writes("datausageagreements") - count) / (double) count;
        double events = made.writes("events") / (double) count;
        double cpuMillis = 1000 * used.sum() / count;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.plain("create to entitlement", "%.0f agreements/s".formatted(perSecond), perSecond));
        figures.add(Figure.plain(
                "creates alone, the operator working",
                "%.0f /s".formatted(count / (creating.toMillis() / 1e3)),
                count / (creating.toMillis() / 1e3)));
        figures.add(Figure.atMost(
                "status writes per agreement", "%.2f".formatted(status), status, STATUS_WRITES * 1.01, "2"));
        figures.add(
                Figure.atMost("Events written per agreement", "%.2f".formatted(events), events, EVENTS * 1.01, "1"));
        figures.add(
                Figure.atMost("statements per agreement", "%.3f".formatted(statements), statements, STATEMENTS, "0.1"));
        ran.entrySet().stream()
                .filter(entry -> entry.getValue() >= count / 200)
                .forEach(entry -> figures.add(
                        Figure.plain("  of it " + entry.getKey(), entry.getValue() + "", (double) entry.getValue())));
        figures.add(Figure.plain("platform connections, most", connections.get() + "", (double) connections.get()));
        figures.add(Figure.atMost(
                "CPU per agreement, all four", "%.1f ms".formatted(cpuMillis), cpuMillis, CPU_MILLIS, "12 ms"));
        for (Map.Entry<String, Double> one : used.seconds().entrySet()) {
            double millis = 1000 * one.getValue() / count;
            figures.add(Figure.plain("  of it " + one.getKey(), "%.1f ms".formatted(millis), millis));
        }
        made.byVerb().entrySet().stream()
                .filter(entry -> entry.getValue() >= count / 100)
                .forEach(entry -> figures.add(Figure.plain(
                        "  requests " + entry.getKey(), entry.getValue() + "", (double) entry.getValue())));
        return new Result(perSecond, figures);
    }

    private void requireAllActive() {
        String next = null;
        long active = 0;
        do {
            var page = bench.admin()
                    .resources(DataUsageAgreement.class)
                    .inNamespace(Workload.CONSUMER)
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            active += page.getItems().stream()
                    .filter(one -> one.getStatus() != null && one.getStatus().phase() == Phase.Active)
                    .count();
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        if (active != count) {
            throw new IllegalStateException(active + " of " + count + " agreements are Active");
        }
    }
}
