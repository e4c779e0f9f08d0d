package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.request.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears what people had decided on an agreement before a backup brought it back, where a rule would approve it by now: what they rejected stays rejected, and
 * where they allowed less it is no more.
 */
final class RestoredVotes {
    private final FourEyes fourEyes;
    private final OpenDecisions open;
    private final RequestHearing hearing;

    RestoredVotes(FourEyes fourEyes, OpenDecisions open, RequestHearing hearing) {
        this.fourEyes = fourEyes;
        this.open = open;
        this.hearing = hearing;
    }

    /** What a rule decides, and what they had decided. */
    Ruling.Taken with(
            Ruling.Taken byRule,
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now) {
        if (!byRule.approves()) {
            return byRule;
        }
        Snapshot snapshot = request.snapshot();
        Needs anybody = new Needs(Rule.MANUAL.id(), snapshot.workflow(), PolicyDemands.everybodyNamed(snapshot), true);
        List<DecisionRecord> all = new ArrayList<>();
        for (FiledDecision filed : open.of(agreement, so, snapshot)) {
            if (isVote(filed)
                    && filed.isRestoredFor(agreement)
                    && hearing.hear(
                                    filed,
                                    agreement,
                                    snapshot,
                                    request.parties(),
                                    anybody,
                                    new Ballot(
                                            anybody, fourEyes, request.parties().platform(), List.of()),
                                    guard,
                                    now)
                            instanceof Hearing.Counts counts) {
                if (filed.verdict() == Verdict.rejected) {
                    return new Ruling.Taken(
                            List.of(counts.decision()), anybody.rule(), anybody.workflow(), byRule.notTaken());
                }
                if (allowsLess(filed)) {
                    all.add(counts.decision());
                }
            }
        }
        all.addAll(byRule.decisions());
        return new Ruling.Taken(all, byRule.rule(), byRule.workflow(), byRule.notTaken());
    }

    private static boolean isVote(FiledDecision filed) {
        return filed.verdict() == Verdict.approved || filed.verdict() == Verdict.rejected;
    }

    private static boolean allowsLess(FiledDecision filed) {
        return filed.spec().until() != null || filed.spec().select() != null;
    }
}
