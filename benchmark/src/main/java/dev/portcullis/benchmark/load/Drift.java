package dev.portcullis.benchmark.load;

import java.util.List;

/** Somebody takes memberships away by hand and gives others: how long until all is as it was. */
final class Drift {
    private static final String STRANGERS = "stranger";
    private static final int STRANGER_LOGINS = 50;
    /** Where nobody says otherwise it is five minutes. */
    private static final String INTERVAL = "30s";

    private final Bench bench;
    private final int changes;

    Drift(Bench bench, int changes) {
        this.bench = bench;
        this.changes = Math.min(changes, bench.work().agreements() / 2);
    }

    List<Figure> run() {
        bench.compareEach(INTERVAL);
        bench.warehouse().logins(STRANGERS, STRANGER_LOGINS);
        long all = bench.warehouse().memberships(Workload.PEOPLE);
        bench.warehouse().takeAway(Workload.PEOPLE, changes);
        bench.warehouse().slipIn(STRANGERS, changes);
        long taken = all - bench.warehouse().memberships(Workload.PEOPLE);
        long slipped = bench.warehouse().memberships(STRANGERS);
        if (taken != changes || slipped == 0) {
            throw new IllegalStateException("only " + taken + " taken away and " + slipped + " slipped in");
        }
        long start = System.nanoTime();
        try (Progress progress = new Progress("mend what was done by hand", changes)) {
            bench.warehouse()
                    .awaitCalmly(
                            "all is as it was",
                            Bench.PATIENCE,
                            () -> bench.warehouse().memberships(STRANGERS) == 0
                                    && bench.warehouse().memberships(Workload.PEOPLE) == all);
            progress.at(changes);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return List.of(Figure.plain(
                "drift: %d gone and %d extra, whole after".formatted(taken, slipped),
                "%.1f s (looked at each %s)".formatted(seconds, INTERVAL),
                seconds));
    }
}
