package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** {@code kill -9}; it comes back on the same port, with the same data. */
record ApiServerKilled() implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.kube().killApiServer();
    }

    @Override
    public void end(Servers servers) {
        servers.startApiServer();
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofWatches(lasted);
    }

    @Override
    public boolean apiServerWorks() {
        return false;
    }
}
