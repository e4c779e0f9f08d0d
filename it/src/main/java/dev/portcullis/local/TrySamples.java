package dev.portcullis.local;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** {@code samples/quickstart}, applied to the running servers by the people that it tells of. */
final class TrySamples {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final String DIR = "samples/quickstart/";

    private final TryCluster cluster;

    TrySamples(TryCluster cluster) {
        this.cluster = cluster;
    }

    /** The platform, the teams and what one of them offers; returns when it is ready. */
    void offer() {
        cluster.writeCredentials();
        kubectl(
                "apply",
                "-f",
                DIR + "10-namespaces.yaml",
                "-f",
                DIR + "20-teams.yaml",
                "-f",
                cluster.platformSample().toString(),
                "-f",
                DIR + "40-rights.yaml");
        kubectl("apply", "--as", "olga@example.com", "-f", DIR + "50-offer.yaml");
        awaitWarehouse();
        awaitReady("the OutputPort orders-v1", () -> cluster.port("checkout", "orders-v1"));
        awaitReady("the OutputPort order-items-v1", () -> cluster.port("checkout", "order-items-v1"));
    }

    /** Applies the platform, and only that, with the address of this server. */
    void registerPlatform() {
        kubectl("apply", "-f", cluster.platformSample().toString());
    }

    /** Returns when the operator works on the platform. */
    void awaitWarehouse() {
        awaitReady("the DataPlatform warehouse", () -> cluster.platform("warehouse"));
    }

    /** The agreements, each asked for by its consumer. */
    void request() {
        kubectl(
                "apply",
                "--as",
                "taylor@example.com",
                "-f",
                DIR + "60-agreement-auto-approved.yaml",
                "-f",
                DIR + "62-agreement-manual.yaml");
        kubectl("apply", "--as", "robin@example.com", "-f", DIR + "61-agreement-same-team.yaml");
    }

    private void kubectl(String... arguments) {
        TryCluster.Ran ran = cluster.kubectl(List.of(arguments));
        if (!ran.succeeded()) {
            throw new StepFailed(
                    "expected: kubectl " + String.join(" ", arguments) + "\nto succeed\nseen: " + ran.output());
        }
    }

    private static void awaitReady(String what, Supplier<String> condition) {
        try {
            Await.until(READY, () -> what, () -> condition.get().startsWith("True"));
        } catch (IllegalStateException e) {
            throw new StepFailed("expected: " + what + " gets ready within " + READY.toSeconds() + " s\nseen: Ready "
                    + condition.get());
        }
    }
}
