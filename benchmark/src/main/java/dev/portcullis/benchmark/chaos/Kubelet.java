package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** Starts the operator again where it has ended by itself, as a kubelet does; not where a fault keeps it down. */
final class Kubelet {
    private final Servers servers;
    private final QuietClock quiet;
    private final Report report;

    Kubelet(Servers servers, QuietClock quiet, Report report) {
        this.servers = servers;
        this.quiet = quiet;
        this.report = report;
    }

    void look() {
        if (!servers.operator().isAlive()) {
            quiet.broken();
            long begin = System.nanoTime();
            report.endedByItself();
            servers.startOperator();
            quiet.mended(new OperatorKilled().recovery(Duration.ofNanos(System.nanoTime() - begin)));
        }
    }
}
