package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** What the operator may need after a fault until it works as before, by docs/operations.md; on machines that do more than this. */
final class Recovery {
    /** A platform is tried again within 20 s, and then all is compared. */
    static final Duration OF_A_PLATFORM = Duration.ofSeconds(25);

    /** An object whose reconciliation failed is tried again within 20 s; watches are opened again within about as long. */
    static final Duration OF_WATCHES = Duration.ofSeconds(40);

    private Recovery() {}
}
