package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.change.PostgresqlChange.Lane;
import java.time.Duration;

/**
 * How long to wait for a lock that somebody else holds: a second at first, and half as long after each wait in vain, so that a migration that holds a
 * hundred tables delays what comes behind it by some seconds, and not by a hundred. A drop is in no hurry.
 */
final class Patience {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration FIRST_FOR_A_DROP = Duration.ofMillis(100);
    private static final Duration LEAST = Duration.ofMillis(20);

    private Duration now;

    private Patience(Duration first) {
        now = first;
    }

    /** For one lane of one execution. */
    static Patience of(Lane lane) {
        return new Patience(lane == Lane.DROPS ? FIRST_FOR_A_DROP : FIRST);
    }

    void wasInVain() {
        Duration half = now.dividedBy(2);
        now = half.compareTo(LEAST) < 0 ? LEAST : half;
    }

    /** For {@code SET LOCAL}. */
    String asSetting() {
        return "SET LOCAL lock_timeout = '" + now.toMillis() + "ms'";
    }
}
