package dev.portcullis.engine.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in status: RFC 3339 in UTC, to the second as everywhere in Kubernetes. */
public final class Times {
    private Times() {}

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
