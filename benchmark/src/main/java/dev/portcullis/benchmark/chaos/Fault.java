package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** Something that breaks, and is mended some operations later. */
sealed interface Fault
        permits ApiNetwork,
                ApiServerKilled,
                ApiTrouble,
                CredentialsChanged,
                Locked,
                OperatorKilled,
                OperatorStopped,
                PlatformNetwork,
                PostgresStopped,
                PostgresTrouble,
                SecondOperator,
                WatchesClosed {
    void begin(Servers servers);

    /** Returns when it is mended. */
    void end(Servers servers);

    /** What the operator may need after that until it has found out and caught up, by docs/operations.md; it lasted so long. */
    Duration recovery(Duration lasted);

    /** Whether requests can be made meanwhile. */
    default boolean apiServerWorks() {
        return true;
    }

    /** What it is called in the table. */
    default String title() {
        return getClass().getSimpleName();
    }
}
