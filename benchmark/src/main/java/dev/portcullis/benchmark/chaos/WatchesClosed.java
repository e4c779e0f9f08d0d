package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** All connections of the operator to the API server break once, its watches among them. */
record WatchesClosed() implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.apiNetwork().cut();
    }

    @Override
    public void end(Servers servers) {
        // nothing is left to mend
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofWatches(lasted);
    }
}
