package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hears what people had decided on an agreement before a backup brought it back, where a rule would approve it by now: what they rejected stays rejected, and
 * where they allowed less it is no more. Where nobody can tell any more what they allowed, no rule approves: somebody decides anew.
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
    Ruling with(
            Ruling.Taken byRule,
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now) {
        return byRule.approves() ? new Listening(byRule, agreement, so, request, guard, now).ruling() : byRule;
    }

    /** Of one request, at one look. */
    private final class Listening {
        private final Ruling.Taken byRule;
        private final DataUsageAgreement agreement;
        private final Approval so;
        private final Validity.Valid request;
        private final Guard guard;
        private final Instant now;
        private final Snapshot snapshot;

        Listening(
                Ruling.Taken byRule,
                DataUsageAgreement agreement,
                Approval so,
                Validity.Valid request,
                Guard guard,
                Instant now) {
            this.byRule = byRule;
            this.agreement = agreement;
            this.so = so;
            this.request = request;
            this.guard = guard;
            this.now = now;
            this.snapshot = request.snapshot();
        }

        Ruling ruling() {
            Needs anybody = needs(true);
            List<FiledDecision> all = open.of(agreement, so, snapshot);
            Optional<DecisionRecord> rejection = first(
                    all.stream().filter(filed -> filed.isRestoredFor(agreement)).toList(), Verdict.rejected, anybody);
            if (rejection.isPresent()) {
                return taken(List.of(rejection.get()), anybody);
            }
            List<DecisionRecord> records = new ArrayList<>();
            Optional<Problem> unfit = Optional.empty();
            for (FiledDecision filed : open.restoredForLess(agreement, so)) {
                Hearing heard = Binding.of(filed, agreement, Optional.of(snapshot)) instanceof Binding.Never never
                        ? new Hearing.Fails(never.why())
                        : hear(filed, anybody);
                if (heard instanceof Hearing.Counts counts) {
                    records.add(counts.decision());
                } else if (hear(filed.whole(), anybody) instanceof Hearing.Counts) {
                    unfit = unfit.or(() -> Optional.of(unfit(filed, heard)));
                }
            }
            return unfit.isEmpty() ? approved(records) : anew(all, unfit.get(), records);
        }

        /** What somebody has said since who may decide on the port. */
        private Ruling anew(List<FiledDecision> all, Problem unfit, List<DecisionRecord> records) {
            Needs approver = needs(false);
            List<FiledDecision> since = all.stream()
                    .filter(filed -> !filed.isRestoredFor(agreement))
                    .toList();
            Optional<DecisionRecord> rejection = first(since, Verdict.rejected, approver);
            if (rejection.isPresent()) {
                return taken(List.of(rejection.get()), approver);
            }
            Optional<DecisionRecord> approval = first(since, Verdict.approved, approver);
            if (approval.isEmpty()) {
                return new Ruling.PutOff(unfit, Ruling.PutOff.Until.DECIDED);
            }
            records.add(approval.get());
            return approved(records);
        }

        private Needs needs(boolean alsoOfPolicies) {
            return new Needs(
                    Rule.MANUAL.id(),
                    snapshot.workflow(),
                    alsoOfPolicies ? PolicyDemands.everybodyNamed(snapshot) : List.of(),
                    true);
        }

        private Optional<DecisionRecord> first(List<FiledDecision> some, Verdict verdict, Needs needs) {
            return some.stream()
                    .filter(filed -> filed.verdict() == verdict)
                    .map(filed -> hear(filed, needs))
                    .filter(Hearing.Counts.class::isInstance)
                    .map(heard -> ((Hearing.Counts) heard).decision())
                    .findFirst();
        }

        private Hearing hear(FiledDecision filed, Needs needs) {
            Ballot ballot = new Ballot(needs, fourEyes, request.parties().platform(), List.of());
            return hearing.hear(filed, agreement, request, needs, ballot, guard, now);
        }

        private Problem unfit(FiledDecision filed, Hearing heard) {
            Problem why = heard instanceof Hearing.Waits waits ? waits.why() : ((Hearing.Fails) heard).why();
            return Problem.healing(
                    "ApprovedForLess",
                    "it came back from a backup, and Decision "
                            + filed.reference().name() + " in namespace " + filed.namespace()
                            + " had allowed less of it than rule " + byRule.rule()
                            + " would, which does not fit any more (" + why.message()
                            + "): somebody who may decide on the port files another Decision, approved or rejected");
        }

        private Ruling.Taken approved(List<DecisionRecord> records) {
            records.addAll(byRule.decisions());
            return new Ruling.Taken(records, byRule.rule(), byRule.workflow(), byRule.notTaken());
        }

        private Ruling.Taken taken(List<DecisionRecord> records, Needs needs) {
            return new Ruling.Taken(records, needs.rule(), needs.workflow(), byRule.notTaken());
        }
    }
}
