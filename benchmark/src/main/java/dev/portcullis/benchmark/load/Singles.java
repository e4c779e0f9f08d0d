package dev.portcullis.benchmark.load;

import dev.portcullis.api.agreement.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** How long one more takes while nothing else happens: an automatic one, a decision by a person, a revocation; each until PostgreSQL shows it. */
final class Singles {
    static final String PREFIX = "single";

    private static final double MOST_MILLIS = 250;

    private final Bench bench;
    private final int tries;

    Singles(Bench bench, int tries) {
        this.bench = bench;
        this.tries = tries;
    }

    List<Figure> run() {
        bench.warehouse().logins(PREFIX, 2 * tries);
        Percentiles automatic = measure("one more, automatic", i -> {
            bench.create(
                    Workload.request("one-" + i, Workload.port(i % bench.work().ports()), PREFIX + i));
            awaitHas(PREFIX + i, 1);
        });
        bench.writers()
                .run(
                        "ask for " + tries + " approvals",
                        tries,
                        i -> bench.create(Workload.request("asked-" + i, Workload.MANUAL, PREFIX + (tries + i))));
        for (int i = 0; i < tries; i++) {
            bench.awaitPhase("asked-" + i, Phase.Requested);
        }
        Percentiles approved = measure("one approval", i -> {
            bench.decide("asked-" + i, "approved");
            awaitHas(PREFIX + (tries + i), 1);
        });
        for (int i = 0; i < tries; i++) {
            bench.awaitPhase("asked-" + i, Phase.Active);
        }
        Percentiles revoked = measure("one revocation", i -> {
            bench.decide("asked-" + i, "revoked");
            awaitHas(PREFIX + (tries + i), 0);
        });
        return List.of(
                figure("one more, p50 / p95 / p99", automatic),
                figure("approve to grant, p50 / p95 / p99", approved),
                figure("revoke to gone, p50 / p95 / p99", revoked));
    }

    private static Figure figure(String name, Percentiles took) {
        return Figure.atMost(name, took.toString(), (double) took.at(99).toMillis(), MOST_MILLIS, "p99 250 ms");
    }

    private void awaitHas(String login, int count) {
        bench.warehouse()
                .await(
                        login + " has " + count,
                        Bench.PATIENCE,
                        () -> bench.warehouse().membershipsOf(login) == count);
    }

    private Percentiles measure(String step, IntConsumer action) {
        List<Duration> took = new ArrayList<>();
        try (Progress progress = new Progress(step, tries)) {
            for (int i = 0; i < tries; i++) {
                long start = System.nanoTime();
                action.accept(i);
                took.add(Duration.ofNanos(System.nanoTime() - start));
                progress.at(i);
            }
        }
        return new Percentiles(took);
    }
}
