package dev.portcullis.operator.watch;

import java.time.Duration;

/**
 * How often it is looked, and how long is waited.
 *
 * @param pause between two looks at all kinds
 * @param patience how long a watch may be behind before it counts as deaf; longer than a client takes to open it again
 */
public record WatchPace(Duration pause, Duration patience) {
    /** A kind takes a second, so that a look at all of them is some thirty seconds after the last. */
    public static final WatchPace STANDARD = new WatchPace(Duration.ofSeconds(20), Duration.ofSeconds(45));
}
