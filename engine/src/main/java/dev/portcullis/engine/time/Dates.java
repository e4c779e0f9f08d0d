package dev.portcullis.engine.time;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dates as they were asked for, or what is wrong with them.
 *
 * @param duration what was asked for, as ISO 8601 period
 */
public record Dates(
        Optional<Period> period,
        Optional<Problem> problem,
        @Nullable String duration,
        Elapsed elapsed) {
    public static Dates of(DataUsageAgreement agreement) {
        PeriodParser.Result parsed = PeriodParser.parse(agreement.getSpec());
        @Nullable String duration = agreement.getSpec().duration();
        Elapsed elapsed = Elapsed.of(agreement.getStatus());
        return parsed instanceof PeriodParser.Result.Ok ok
                ? new Dates(Optional.of(ok.period()), Optional.empty(), duration, elapsed)
                : new Dates(
                        Optional.empty(), Optional.of(((PeriodParser.Result.Bad) parsed).problem()), duration, elapsed);
    }

    /** What time brings by what was decided. */
    public Optional<Schedule> of(Approval approval, @Nullable Snapshot snapshot) {
        return period.map(asked -> new Schedule(
                Limits.apply(asked, duration, approval, snapshot), Recertification.due(approval, snapshot), elapsed));
    }
}
