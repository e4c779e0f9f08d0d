package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** {@code kill -9} in the middle of whatever it does; a kubelet starts it again later. */
record OperatorKilled() implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.operator().kill9();
    }

    @Override
    public void end(Servers servers) {
        servers.startOperator();
    }

    @Override
    public Duration recovery(Duration lasted) {
        // it is ready when it works; what it left open on the server ends 30 s later, and is waited for at most so long
        return Duration.ofSeconds(5);
    }
}
