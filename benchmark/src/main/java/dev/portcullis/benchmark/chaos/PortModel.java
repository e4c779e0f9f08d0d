package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A port as it is and, while a change of it is under way, as it may be. */
final class PortModel {
    final String name;
    final Lately there;
    final Lately autoApprove;
    boolean suspended;
    /** Counts how often it was made. */
    int incarnation;
    /** What it offers; the union of before and after while that changes. */
    Set<String> columns = Set.of();

    private final Map<String, Integer> incarnations = new HashMap<>();
    private final Set<Offer> offers = new LinkedHashSet<>();
    private @Nullable String uid;

    PortModel(String name, Supplier<Duration> quiet) {
        this.name = name;
        there = new Lately(quiet);
        autoApprove = new Lately(quiet);
    }

    /** It is there now with this UID. */
    void made(String newUid) {
        uid = newUid;
        incarnations.put(newUid, incarnation);
    }

    @Nullable
    String uid() {
        return uid;
    }

    /** Which of the ports of this name had a UID; 0 where none had. */
    int incarnationOf(String anyUid) {
        return incarnations.getOrDefault(anyUid, 0);
    }

    /** A request may be judged by this, also some time after it changed. */
    void offers(Set<String> newColumns) {
        offers.add(new Offer(incarnation, newColumns));
    }

    /** All it ever offered that somebody who has not looked for a while may still believe. */
    Set<Offer> offered() {
        return Set.copyOf(offers);
    }

    /** Everybody has seen what it offers now. */
    void everybodyKnows() {
        offers.clear();
        if (there.isNow()) {
            offers.add(new Offer(incarnation, columns));
        }
    }
}
