package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** Ended in good order, in the middle of whatever it does, as at each roll-out; another one is started later. */
record OperatorStopped() implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.operator().stop();
    }

    @Override
    public void end(Servers servers) {
        servers.startOperator();
    }

    @Override
    public Duration recovery(Duration lasted) {
        return new OperatorKilled().recovery(lasted);
    }
}
