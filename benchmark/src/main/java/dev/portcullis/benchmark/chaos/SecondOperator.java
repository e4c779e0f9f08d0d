package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** Another operator works beside the first, without a Lease that keeps them apart; it is killed in the end. */
record SecondOperator() implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.startSecond();
    }

    @Override
    public void end(Servers servers) {
        servers.killSecond();
    }

    @Override
    public Duration recovery(Duration lasted) {
        // what it left open on the server ends after 30 s
        return Duration.ofSeconds(30);
    }
}
