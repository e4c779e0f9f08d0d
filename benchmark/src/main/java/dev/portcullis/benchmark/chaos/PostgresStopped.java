package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** PostgreSQL ends, orderly or by {@code kill -9}, and comes back. */
record PostgresStopped(boolean killed) implements Fault {
    @Override
    public void begin(Servers servers) {
        if (killed) {
            servers.postgres().kill();
        } else {
            servers.postgres().stop();
        }
    }

    @Override
    public void end(Servers servers) {
        servers.postgres().start();
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofPlatform(lasted);
    }

    @Override
    public String title() {
        return killed ? "PostgresKilled" : "PostgresStopped";
    }
}
