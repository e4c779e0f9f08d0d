package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** The network between operator and API server. */
record ApiNetwork(Relay.State state) implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.apiNetwork().set(state);
    }

    @Override
    public void end(Servers servers) {
        servers.apiNetwork().set(Relay.State.OPEN);
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofWatches(lasted);
    }

    @Override
    public String title() {
        return "ApiNetwork " + state;
    }
}
