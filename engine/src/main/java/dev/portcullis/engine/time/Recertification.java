package dev.portcullis.engine.time;

import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.PortText;
import dev.portcullis.engine.facts.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That an approver has to say that the access stays.
 *
 * @param by until when: the first moment at which it is missed
 * @param rule what asks for it
 */
public record Recertification(Instant by, AppliedRule rule) {
    /** The first that is due of an approved agreement: it counts from the approval, and once somebody has recertified it from then on. A review is asked for once. */
    static Optional<Recertification> due(Approval approval, @Nullable Snapshot snapshot) {
        DecisionsOnRecord decisions = DecisionsOnRecord.of(approval);
        Optional<Instant> approved = decisions.approval().map(decision -> Times.moment(decision.at()));
        Optional<Instant> recertified = decisions.recertification().map(decision -> Times.moment(decision.at()));
        return approved.flatMap(since -> Limits.rules(snapshot)
                .flatMap(rule -> Stream.concat(
                                Stream.ofNullable(rule.recertifyEvery())
                                        .map(period -> Limits.after(recertified.orElse(since), period)),
                                Stream.ofNullable(rule.reviewWithin())
                                        .filter(period -> recertified.isEmpty())
                                        .map(period -> Limits.after(since, period)))
                        .map(by -> new Recertification(by, rule)))
                .min(Comparator.comparing(Recertification::by)));
    }

    /** That it was missed, and what brings the access back. */
    public Problem problem(DataUsageAgreement agreement) {
        return Problem.healing(
                Elapsed.MISSED,
                "nobody has said by " + Times.text(by) + " that the access stays, as " + ruleName()
                        + " asks: it comes back by a Decision recertified of who may decide on "
                        + PortText.of(agreement));
    }

    /** The rule, as it is called in messages. */
    public String ruleName() {
        return "rule " + rule.rule() + " of ApprovalPolicy " + rule.policy();
    }
}
