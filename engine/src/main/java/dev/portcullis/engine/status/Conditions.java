package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.engine.facts.Shortened;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the conditions of a status: a transition time changes only with the status it belongs to. */
public final class Conditions {
    private static final int LONGEST_MESSAGE = 4096;
    private static final int LONGEST_REASON = 64;

    private final List<Condition> before;
    private final Long generation;
    private final Instant now;
    private final List<Condition> built = new ArrayList<>();

    public Conditions(List<Condition> before, Long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    public Conditions add(String type, boolean status, String reason, String message) {
        return add(type, status ? Condition.Status.True : Condition.Status.False, reason, message);
    }

    public Conditions add(String type, Condition.Status status, String reason, String message) {
        String since = find(before, type)
                .filter(condition -> condition.status() == status)
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> Times.text(now));
        built.add(new Condition(
                type,
                status,
                generation,
                since,
                Shortened.to(LONGEST_REASON, reason),
                Shortened.to(LONGEST_MESSAGE, message)));
        return this;
    }

    /** Says again what was said before; where nothing was, the condition is True for the reason given. */
    Conditions repeat(String type, List<Condition> said, String reason, String message) {
        return find(said, type)
                .map(condition -> add(type, condition.status(), condition.reason(), condition.message()))
                .orElseGet(() -> add(type, true, reason, message));
    }

    public List<Condition> build() {
        return List.copyOf(built);
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
