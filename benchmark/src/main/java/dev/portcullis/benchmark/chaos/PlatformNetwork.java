package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** The network between operator and PostgreSQL. */
record PlatformNetwork(Relay.State state) implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.platformNetwork().set(state);
    }

    @Override
    public void end(Servers servers) {
        servers.platformNetwork().set(Relay.State.OPEN);
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofPlatform(lasted);
    }

    @Override
    public String title() {
        return "PlatformNetwork " + state;
    }
}
