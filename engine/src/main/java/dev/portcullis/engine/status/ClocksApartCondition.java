package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Schedule;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The condition ClocksApart: what has come by one clock and not by the other, and therefore waits. The clocks are told as they were at the first look: else each look would write them. */
public final class ClocksApartCondition {
    public static final String TYPE = "ClocksApart";

    private ClocksApartCondition() {}

    private record Waiting(String reason, String what, Instant at) {}

    static void addTo(Conditions conditions, List<Condition> before, Judgement judgement, Timing timing) {
        if (timing.clocks() instanceof Clocks.Apart apart) {
            timing.running(judgement.standing())
                    .flatMap(schedule -> waiting(schedule, judgement.standing(), apart))
                    .ifPresent(waiting -> add(conditions, before, waiting, apart));
        }
    }

    private static Optional<Waiting> waiting(Schedule schedule, Standing standing, Clocks.Apart apart) {
        Optional<Waiting> end = schedule.period().end().map(at -> new Waiting("EndWaits", "the end", at));
        Optional<Waiting> recertification = schedule.recertification()
                .filter(due -> schedule.missed(apart.earlier()).isEmpty())
                .map(due -> new Waiting("SuspensionWaits", "the last moment to recertify it", due.by()));
        Optional<Waiting> start = standing instanceof Standing.Upcoming upcoming
                ? Optional.of(new Waiting("StartWaits", "the start", upcoming.start()))
                : Optional.empty();
        return Stream.of(end, recertification, start)
                .flatMap(Optional::stream)
                .filter(waiting ->
                        apart.earlier().isBefore(waiting.at()) && !apart.later().isBefore(waiting.at()))
                .findFirst();
    }

    private static void add(Conditions conditions, List<Condition> before, Waiting waiting, Clocks.Apart apart) {
        String message = waiting.what() + ", " + Times.text(waiting.at()) + ", has come by one clock only: "
                + sentence(apart)
                + ". It waits until both have reached it; a decision to revoke or suspend, and the consumer's own switches, act at once";
        String said = Conditions.find(before, TYPE)
                .filter(condition -> condition.message().startsWith(waiting.what() + ", " + Times.text(waiting.at())))
                .map(Condition::message)
                .orElse(message);
        conditions.add(TYPE, true, waiting.reason(), said);
    }

    /** What a platform says of it: it concerns everybody who has an access there. */
    public static void addToPlatform(Conditions conditions, List<Condition> before, Clocks clocks) {
        if (clocks instanceof Clocks.Apart apart) {
            conditions.repeat(
                    TYPE,
                    before,
                    "ClocksApart",
                    sentence(apart)
                            + ". Until then what begins or ends by time waits for the later of the two; decisions act at once");
        }
    }

    /** What both clocks say, and what to do about it. */
    public static String sentence(Clocks.Apart apart) {
        return "it is " + Times.text(apart.operator()) + " for the operator and " + Times.text(apart.server())
                + " for the API server: whoever runs the cluster sets the clock right that is wrong (NTP on the nodes)";
    }
}
