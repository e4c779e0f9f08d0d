package dev.portcullis.engine.lifecycle;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.PortText;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.time.Schedule;
import java.time.Instant;
import java.util.Optional;

/** What pauses an approved agreement: the first that applies, those that the consumer can do least about first. */
final class Pauses {
    private Pauses() {}

    static Optional<Standing.Suspended> of(
            DataUsageAgreement agreement, Approval approval, Offer offer, Schedule schedule, Instant now) {
        return ofPort(offer)
                .or(() -> DecisionsOnRecord.of(approval).pause().map(decision -> byDecision(decision, agreement)))
                .or(() -> schedule.missed(now)
                        .map(missed -> new Standing.Suspended(missed.problem(agreement), Optional.empty())))
                .or(() -> byConsumer(agreement));
    }

    private static Optional<Standing.Suspended> ofPort(Offer offer) {
        if (offer.port().getSpec().suspend()) {
            return Optional.of(withoutDecision(
                    "SuspendedByProvider",
                    "the provider has suspended OutputPort "
                            + offer.port().getMetadata().getName() + ": ask there"));
        }
        return offer.product().getSpec().suspend()
                ? Optional.of(withoutDecision(
                        "SuspendedByProvider",
                        "the provider has suspended DataProduct "
                                + offer.product().getMetadata().getName() + ": ask there"))
                : Optional.empty();
    }

    private static Standing.Suspended byDecision(DecisionRecord decision, DataUsageAgreement agreement) {
        return new Standing.Suspended(
                Problem.healing(
                        "SuspendedByDecision",
                        "suspended by " + decision.by()
                                + (decision.reason() == null ? "" : ": " + decision.reason())
                                + "; it comes back by a Decision resumed of who may decide on "
                                + PortText.of(agreement)),
                Optional.of(decision.by()));
    }

    private static Optional<Standing.Suspended> byConsumer(DataUsageAgreement agreement) {
        return agreement.getSpec().suspend()
                ? Optional.of(withoutDecision(
                        "SuspendedByConsumer", "spec.suspend is true: set it to false to get the access back"))
                : Optional.empty();
    }

    private static Standing.Suspended withoutDecision(String reason, String message) {
        return new Standing.Suspended(Problem.healing(reason, message), Optional.empty());
    }
}
