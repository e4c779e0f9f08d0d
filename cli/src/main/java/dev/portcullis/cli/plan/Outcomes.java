package dev.portcullis.cli.plan;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Outcome;
import dev.portcullis.cli.report.Outcome.Need;
import dev.portcullis.engine.review.Review;
import dev.portcullis.engine.review.ReviewMaker;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads from the statuses of a settled world what has become of agreements, and who is waited for. */
final class Outcomes {
    private final Instant now;
    private final ReviewMaker reviews;
    private final Givers givers;

    Outcomes(Settled world, EngineParts parts, Instant now) {
        this.now = now;
        this.reviews = new ReviewMaker(world.mesh(), parts.modules(), parts.principals(), parts.expressions());
        this.givers = new Givers(world, parts.principals());
    }

    Outcome of(DataUsageAgreement agreement) {
        DataUsageAgreementStatus status = agreement.getStatus();
        Approval approval = Objects.requireNonNull(status.approval());
        Phase phase = Objects.requireNonNull(status.phase());
        if (phase == Phase.Invalid && approval.status() == ApprovalStatus.Requested) {
            return new Outcome.Invalid(reason(status), message(status));
        }
        if (approval.status() == ApprovalStatus.Rejected) {
            return new Outcome.Rejected(approval.rule(), lastReason(approval));
        }
        if (phase.isOver()) {
            return new Outcome.Ended(phase.name(), message(status));
        }
        if (approval.status() == ApprovalStatus.Requested) {
            return new Outcome.Waiting(approval.rule(), needs(agreement));
        }
        if (phase == Phase.Suspended || phase == Phase.Invalid) {
            return new Outcome.Paused(phase.name(), reason(status), message(status));
        }
        return new Outcome.Approved(
                approval.rule(),
                approval.decisions().stream()
                        .filter(record -> record.decision() == DecisionRecord.Verdict.approved)
                        .filter(record -> record.via() != DecisionRecord.Via.Rule)
                        .map(DecisionRecord::by)
                        .distinct()
                        .toList(),
                phase.name(),
                message(status));
    }

    private List<Need> needs(DataUsageAgreement agreement) {
        Review.Deciding deciding = reviews.review(agreement, now).deciding();
        if (deciding == null) {
            return List.of();
        }
        return deciding.missing().stream()
                .map(missing -> givers.need(agreement, missing, deciding))
                .toList();
    }

    private static String lastReason(Approval approval) {
        List<DecisionRecord> decisions = approval.decisions();
        return decisions.isEmpty()
                ? ""
                : Objects.requireNonNullElse(decisions.get(decisions.size() - 1).reason(), "");
    }

    private static String reason(DataUsageAgreementStatus status) {
        return ready(status).map(Condition::reason).orElse("");
    }

    private static String message(DataUsageAgreementStatus status) {
        return ready(status).map(Condition::message).orElse("");
    }

    private static Optional<Condition> ready(DataUsageAgreementStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst();
    }
}
