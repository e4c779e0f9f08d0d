package dev.portcullis.operator.grant;

import java.time.Duration;

/**
 * How long after a comparison of everything the next one is. The second one of a loop comes soon: another operator, whose turn it was before, may have written
 * until it noticed that it is not any more, and with an interval of a day nobody would see that for a day.
 */
final class Rhythm {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Duration interval;
    private boolean begun;

    Rhythm(Duration interval) {
        this.interval = interval;
    }

    /** Everything was compared; asked once after each time. */
    Duration next() {
        boolean first = !begun;
        begun = true;
        return first && SOON.compareTo(interval) < 0 ? SOON : interval;
    }
}
