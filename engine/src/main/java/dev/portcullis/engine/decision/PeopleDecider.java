package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.request.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides by what people say: the annotation, which is one vote, and Decisions. One rejection rejects; approvals are recorded as they come, with whose they
 * are, until there are enough.
 */
final class PeopleDecider {
    private final FourEyes fourEyes;
    private final Approvers approvers;
    private final OpenDecisions open;
    private final RequestHearing hearing;

    PeopleDecider(World world, FourEyes fourEyes) {
        this.fourEyes = fourEyes;
        this.approvers = new Approvers(world);
        this.open = new OpenDecisions(world);
        this.hearing = new RequestHearing(world, fourEyes);
    }

    Ruling decide(
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Course.Asks asks,
            Guard guard,
            Instant now) {
        Needs needs = asks.needs();
        Snapshot snapshot = request.snapshot();
        Parties parties = request.parties();
        List<RequiredApproval> required = needs.approvals();
        Ballot ballot = new Ballot(needs, fourEyes, parties.platform(), so.decisions());
        List<DecisionRecord> rejections = new ArrayList<>();

        Optional<WrittenDecision> written = WrittenDecision.in(agreement.getMetadata())
                .filter(decision -> !decision.decision().equals(Verdict.revoked.name()))
                .filter(decision -> !isOnRecord(decision, so));
        Optional<NotTaken> notTaken = written.flatMap(decision -> {
            List<String> groups = approvers.groupsOf(decision.by(), true, needs, parties);
            Optional<Problem> objection = objection(decision, agreement, so, request, guard, now)
                    .or(() -> isApproval(decision) && !required.isEmpty() && groups.isEmpty()
                            ? Optional.of(RequestHearing.countsForNothing(required, decision.by()))
                            : Optional.empty());
            Optional<DecisionRecord> record = objection.isPresent()
                    ? Optional.empty()
                    : Optional.of(WrittenDecisionCheck.record(
                            decision, decision.verdict().orElseThrow(), snapshot, groups, now));
            Optional<Problem> unneeded = isApproval(decision) ? record.flatMap(ballot::objection) : Optional.empty();
            Optional<Problem> why = objection.or(() -> unneeded);
            if (why.isPresent() || decision.name().equals(so.refusedDecision())) {
                return Optional.of(NotTaken.of(
                        decision, why, Optional.ofNullable(so.refusedDecision()).orElse("")));
            }
            cast(record.orElseThrow(), ballot, rejections);
            return Optional.empty();
        });
        for (FiledDecision filed : open.of(agreement, so, snapshot)) {
            if (hearing.hear(filed, agreement, request, needs, ballot, guard, now) instanceof Hearing.Counts counts) {
                cast(counts.decision(), ballot, rejections);
            }
        }
        if (!rejections.isEmpty()) {
            List<DecisionRecord> taken = new ArrayList<>(ballot.fresh());
            taken.add(rejections.get(0));
            return new Ruling.Taken(taken, needs.rule(), needs.workflow(), notTaken);
        }
        return ballot.isEnough()
                ? new Ruling.Taken(
                        Stream.concat(asks.otherwise().stream(), ballot.fresh().stream())
                                .toList(),
                        needs.rule(),
                        needs.workflow(),
                        notTaken)
                : new Ruling.Awaited(needs.rule(), needs.workflow(), ballot.missing(), ballot.fresh(), notTaken);
    }

    private static void cast(DecisionRecord decision, Ballot ballot, List<DecisionRecord> rejections) {
        if (decision.decision() == Verdict.rejected) {
            rejections.add(decision);
        } else {
            ballot.add(decision);
        }
    }

    private static boolean isApproval(WrittenDecision decision) {
        return decision.verdict().equals(Optional.of(Verdict.approved));
    }

    private static boolean isOnRecord(WrittenDecision written, Approval so) {
        return so.decisions().stream()
                .anyMatch(decision -> decision.via() == DecisionRecord.Via.Annotation
                        && decision.decision().name().equals(written.decision())
                        && decision.by().equals(written.by()));
    }

    private Optional<Problem> objection(
            WrittenDecision written,
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now) {
        return WrittenDecisionCheck.unknownWord(written)
                .or(() -> WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now)))
                .or(() -> fourEyes.objection(
                        written.by(), agreement, request.snapshot().team(), request.parties()));
    }
}
