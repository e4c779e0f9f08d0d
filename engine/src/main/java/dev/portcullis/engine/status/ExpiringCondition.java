package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.facts.PortText;
import dev.portcullis.engine.time.Elapsed;
import dev.portcullis.engine.time.Recertification;
import dev.portcullis.engine.time.Schedule;
import dev.portcullis.engine.time.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The condition Expiring: what time is about to end, by the shortest warning that has begun; and what it has suspended already. There only while there is something to say. It names moments and never how long
 * it is to them, so that it changes when another warning begins and not with every look.
 */
final class ExpiringCondition {
    private ExpiringCondition() {}

    static void addTo(Conditions conditions, DataUsageAgreement agreement, Judgement judgement, Timing timing) {
        Optional<Schedule> running = timing.running(judgement.standing());
        if (running.isEmpty()) {
            return;
        }
        Schedule schedule = running.get();
        Instant now = timing.now();
        boolean approved = judgement.approval().status() == ApprovalStatus.Approved;
        Optional<Instant> end = schedule.period().end();
        Optional<Duration> endIsNear = end.flatMap(at -> timing.warnings().reached(at, now));
        String ending = endIsNear.isEmpty() ? "" : ending(agreement, end.orElseThrow(), approved);
        Optional<Recertification> missed = schedule.missed(now);
        if (missed.isPresent()) {
            conditions.add(
                    Elapsed.EXPIRING,
                    true,
                    Elapsed.MISSED,
                    missed.get().problem(agreement).message() + (ending.isEmpty() ? "" : "; " + ending));
            return;
        }
        Optional<Recertification> due = schedule.recertification()
                .filter(next -> end.filter(at -> !next.by().isBefore(at)).isEmpty());
        Optional<Duration> dueSoon = due.flatMap(next -> timing.warnings().reached(next.by(), now));
        if (dueSoon.isPresent()) {
            conditions.add(
                    Elapsed.EXPIRING,
                    true,
                    "RecertifyWithin" + inWords(dueSoon.get()),
                    recertify(agreement, due.orElseThrow()) + (ending.isEmpty() ? "" : "; " + ending));
        } else {
            endIsNear.ifPresent(warning -> conditions.add(
                    Elapsed.EXPIRING,
                    true,
                    (approved ? "EndsWithin" : "RequestEndsWithin") + inWords(warning),
                    ending));
        }
    }

    private static String ending(DataUsageAgreement agreement, Instant end, boolean approved) {
        return approved
                ? "the access ends at " + Times.text(end) + ": request another agreement to go on"
                : "the request ends at " + Times.text(end) + " unless it is decided before: ask who may decide on "
                        + PortText.of(agreement);
    }

    private static String recertify(DataUsageAgreement agreement, Recertification due) {
        return "the access is suspended at " + Times.text(due.by()) + " unless somebody says before that it stays, as "
                + due.ruleName() + " asks: by a Decision recertified of who may decide on " + PortText.of(agreement);
    }

    /** As in {@code 7Days}, {@code 1Day}, {@code 36Hours}. */
    private static String inWords(Duration warning) {
        return warning.equals(Duration.ofDays(warning.toDays()))
                ? inWords(warning.toDays(), "Day")
                : warning.equals(Duration.ofHours(warning.toHours()))
                        ? inWords(warning.toHours(), "Hour")
                        : inWords(warning.toMinutes(), "Minute");
    }

    private static String inWords(long count, String unit) {
        return count + (count == 1 ? unit : unit + "s");
    }
}
