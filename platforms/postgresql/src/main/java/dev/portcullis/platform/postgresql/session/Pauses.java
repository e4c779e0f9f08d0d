package dev.portcullis.platform.postgresql.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Databases where something takes long and is left out for a while, so that nobody's revoke waits for it again and again. Used by one thread. */
final class Pauses {
    /** What takes longer than this is slow. */
    static final Duration SLOW = Duration.ofSeconds(2);

    private static final Duration LENGTH = Duration.ofMinutes(5);

    private final Map<String, Long> begun = new HashMap<>();

    void begin(String database) {
        begun.put(database, System.nanoTime());
    }

    boolean isOver(String database) {
        begun.values().removeIf(at -> System.nanoTime() - at > LENGTH.toNanos());
        return !begun.containsKey(database);
    }
}
