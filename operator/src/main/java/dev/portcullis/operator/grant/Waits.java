package dev.portcullis.operator.grant;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a platform has neither done nor refused after a comparison: what is under way there, and what it did not take yet. Neither is a failure.
 *
 * @param byPlace by port and principal; without a principal it concerns the whole port
 */
record Waits(Map<Place, List<Wait>> byPlace) {
    /** What is waited for, and whose it is. */
    record Place(String portUid, Optional<Principal> principal) {}

    /** @param putOff whether the platform did not take it: then it is asked again, and a revoke goes before whatever is asked later */
    record Wait(Place place, Change.Effect effect, String message, boolean putOff) {}

    static Waits of(List<Result> results, Plan remaining) {
        Map<Step, String> pending = new HashMap<>();
        for (Result result : results) {
            if (result.outcome() instanceof Outcome.Pending waiting) {
                pending.putIfAbsent(Step.of(result.change()), waiting.message());
            }
        }
        Stream<Wait> underWay = remaining.awaited().stream()
                .map(awaited -> new Wait(
                        new Place(awaited.portUid(), Optional.of(awaited.principal())),
                        awaited.effect(),
                        awaited.message(),
                        false));
        // what was pending and is not to be done any more has come true meanwhile
        Stream<Wait> putOff = remaining.changes().stream()
                .map(Step::of)
                .distinct()
                .filter(pending::containsKey)
                .map(step -> new Wait(step.place(), step.effect(), pending.getOrDefault(step, ""), true));
        return new Waits(Stream.concat(underWay, putOff).collect(Collectors.groupingBy(Wait::place)));
    }

    /** What is waited for before the principal has, or has no longer, what the port offers. */
    Optional<String> message(String portUid, Principal principal) {
        return Stream.of(new Place(portUid, Optional.of(principal)), new Place(portUid, Optional.empty()))
                .flatMap(place -> byPlace.getOrDefault(place, List.of()).stream())
                .map(Wait::message)
                .findFirst();
    }

    boolean concern(Change change) {
        return byPlace.getOrDefault(Step.of(change).place(), List.of()).stream()
                .anyMatch(wait -> wait.effect() == change.effect());
    }

    Set<String> ports() {
        return byPlace.keySet().stream().map(Place::portUid).collect(Collectors.toSet());
    }

    /** What is waited for on each port, however it is worded. */
    Map<String, Set<Step>> byPort() {
        Map<String, Set<Step>> steps = new HashMap<>();
        byPlace.forEach((place, waits) -> waits.forEach(wait ->
                steps.computeIfAbsent(place.portUid(), uid -> new HashSet<>()).add(new Step(place, wait.effect()))));
        return steps;
    }

    /** Ports with a revoke that the platform did not take yet. */
    Set<String> portsWithRevokePutOff() {
        return byPlace.values().stream()
                .flatMap(List::stream)
                .filter(wait -> wait.putOff() && wait.effect() == Change.Effect.REVOKE)
                .map(wait -> wait.place().portUid())
                .collect(Collectors.toSet());
    }

    /** What one change does to whom: the same change planned anew is another object. */
    record Step(Place place, Change.Effect effect) {
        static Step of(Change change) {
            return new Step(new Place(change.portUid(), change.principal()), change.effect());
        }
    }
}
