package dev.portcullis.local;

import dev.portcullis.api.platform.PostgresqlServer;
import java.util.Optional;

/**
 * The DataPlatform {@code warehouse}, which has to name the PostgreSQL that runs here. The sample as it lies in the checkout names another: whoever
 * applies that by hand sends the operator elsewhere.
 */
final class TryWarehouse {
    private static final String NAME = "warehouse";

    private final TryCluster cluster;

    TryWarehouse(TryCluster cluster) {
        this.cluster = cluster;
    }

    /** What is wrong with its address, in words; empty when it is the one of this PostgreSQL. */
    Optional<String> astray() {
        PostgresqlServer server = cluster.serverOf(NAME);
        PostgresAddress here = cluster.postgres();
        if (server == null) {
            return Optional.of("the DataPlatform " + NAME + " is not there");
        }
        if (server.host().equals(here.host()) && server.port() == here.port()) {
            return Optional.empty();
        }
        return Optional.of("the DataPlatform " + NAME + " names the PostgreSQL " + server.host() + ":" + server.port()
                + ", the one here is " + here);
    }

    /** The condition Ready, in words. */
    String ready() {
        return cluster.platform(NAME);
    }
}
