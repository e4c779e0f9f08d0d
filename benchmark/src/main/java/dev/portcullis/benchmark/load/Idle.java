package dev.portcullis.benchmark.load;

import dev.portcullis.local.Await;
import java.time.Duration;
import java.util.List;

/** What the operator does while nothing happens. */
final class Idle {
    /** Counts of what was measured before may be written that much later. */
    private static final Duration COUNTS_WAIT = Duration.ofSeconds(35);

    private final Bench bench;
    private final Duration time;

    Idle(Bench bench, Duration time) {
        this.bench = bench;
        this.time = time;
    }

    List<Figure> run() {
        bench.awaitQuiet(COUNTS_WAIT);
        try (Progress progress = new Progress("do nothing for " + time.toSeconds() + " s", time.toSeconds())) {
            ApiCounts requests = bench.requests();
            long statements = bench.warehouse().countStatements();
            Cpu cpu = Cpu.now(bench.servers());
            for (long second = 0; second < time.toSeconds(); second++) {
                Await.pause(Duration.ofSeconds(1));
                progress.at(second);
            }
            double minutes = time.toMillis() / 60_000.0;
            ApiCounts made = bench.requests().since(requests);
            double all =
                    made.byVerb().values().stream().mapToLong(Long::longValue).sum() / minutes;
            double sql = (bench.warehouse().countStatements() - statements) / minutes;
            double share = Cpu.now(bench.servers()).since(cpu).seconds().getOrDefault("operator", 0.0)
                    / (time.toMillis() / 1e3);
            return List.of(
                    Figure.atMost(
                            "idle: API writes, but for the Lease",
                            made.writes() == 0 ? "0" : made.writes() + ": " + made.byVerb(),
                            (double) made.writes(),
                            0,
                            "0"),
                    Figure.plain("idle: API requests per minute", "%.0f".formatted(all), all),
                    Figure.plain("idle: statements per minute", "%.0f".formatted(sql), sql),
                    Figure.plain("idle: operator's CPU", "%.1f %% of one".formatted(100 * share), 100 * share));
        }
    }
}
