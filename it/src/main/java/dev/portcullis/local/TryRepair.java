package dev.portcullis.local;

import java.nio.file.Files;
import java.time.Duration;

/** Brings what runs back to what it was after its start, where somebody has changed that meanwhile. */
final class TryRepair {
    private static final Duration READY = Duration.ofSeconds(60);

    private final TryState state;
    private final TryCluster cluster;
    private final TryConsole console;

    TryRepair(TryState state, TryCluster cluster, TryConsole console) {
        this.state = state;
        this.cluster = cluster;
        this.console = console;
    }

    /** Returns when all is ready; says what was not as it was. */
    void repair() {
        if (!Files.exists(state.env())) {
            state.write(state.env(), cluster.environment().script());
            console.line(Checkout.relative(state.env()) + " was gone: written anew");
        }
        cluster.awaitOperator(READY);
        Await.until(READY, "API server ready", cluster::answers);
        TrySamples samples = new TrySamples(cluster);
        new TryWarehouse(cluster).astray().ifPresent(what -> {
            samples.registerPlatform();
            console.line(what + ": applied " + Checkout.relative(state.samples()) + "/30-platform.yaml again");
        });
        samples.awaitWarehouse();
    }
}
