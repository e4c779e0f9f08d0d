package dev.portcullis.benchmark.load;

import dev.portcullis.local.Await;
import java.time.Duration;
import java.util.List;

/** The operator stops and starts again: until it decides, until it has compared all, and what it writes meanwhile. */
final class Restart {
    private static final String LOGIN = "late";
    private static final double MOST_SECONDS = 60;

    private final Bench bench;

    Restart(Bench bench) {
        this.bench = bench;
    }

    /** Starts an operator that does not run. */
    List<Figure> run() {
        bench.warehouse().logins(LOGIN, 1);
        bench.create(Workload.request("late", Workload.port(0), LOGIN + "0"));
        ApiCounts requests = bench.requests();
        double clock = System.currentTimeMillis() / 1e3;
        long start = System.nanoTime();
        try (Progress progress = new Progress("start anew", 1)) {
            bench.servers().startOperator();
            double ready = secondsSince(start);
            bench.warehouse()
                    .await(
                            "the late one is granted",
                            Bench.PATIENCE,
                            () -> bench.warehouse().membershipsOf(LOGIN + "0") == 1);
            double decided = secondsSince(start);
            bench.warehouse().await("all is compared", Bench.PATIENCE, () -> bench.comparedAt() >= clock);
            double compared = secondsSince(start);
            progress.at(1);
            Await.pause(Duration.ofSeconds(5));
            // two of them and its Event are of the one that came late
            long writes = bench.requests().since(requests).writes("datausageagreements") - 2;
            return List.of(
                    Figure.plain("restart: ready after", "%.1f s".formatted(ready), ready),
                    Figure.plain("restart: first grant after", "%.1f s".formatted(decided), decided),
                    Figure.atMost(
                            "restart: all compared after",
                            "%.1f s".formatted(compared),
                            compared,
                            MOST_SECONDS,
                            "60 s"),
                    Figure.atMost("restart: agreements written", writes + "", (double) writes, 0, "0"));
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
