package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Parties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Hears Decisions on an approved agreement: says of each whether it counts, and why not. */
final class ApprovedHearing {
    /** Each of them stays on record, and a status holds so many. */
    private static final int MOST_SHORTENINGS = 16;

    private final OpenDecisions open;
    private final Approvers approvers;
    private final Entitled entitled;

    ApprovedHearing(World world, FourEyes fourEyes) {
        this.open = new OpenDecisions(world);
        this.approvers = new Approvers(world);
        this.entitled = new Entitled(fourEyes);
    }

    /** @param parties empty while nobody can tell who must not decide */
    Hearing hear(
            FiledDecision decision,
            DataUsageAgreement agreement,
            Approval so,
            Snapshot snapshot,
            Optional<Parties> parties,
            Guard guard,
            Instant now) {
        if (decision.verdict() == Verdict.approved || decision.verdict() == Verdict.rejected) {
            return fails(
                    "DecidedAlready",
                    "the agreement is approved already: it can be revoked, suspended, resumed or recertified");
        }
        Optional<Hearing> fault = FiledDecisionCheck.fault(decision, guard);
        if (fault.isPresent()) {
            return fault.get();
        }
        Hearing.Counts counts = new Hearing.Counts(FiledDecisionCheck.record(decision, snapshot, List.of(), now));
        if (decision.verdict() == Verdict.revoked || decision.verdict() == Verdict.suspended) {
            return decision.isByApprover() ? counts : Entitled.needs("approve", decision);
        }
        if (decision.verdict() == Verdict.resumed && !resumes(decision, agreement, so)) {
            Optional<FiledDecision> first = suspensionBefore(decision, agreement, so, snapshot, guard);
            if (first.isPresent()) {
                return new Hearing.Waits(
                        Problem.healing(
                                "SuspensionFirst",
                                "Decision " + first.get().reference().name()
                                        + " was filed before and suspends the agreement: this one is taken when that is on record"));
            }
            return fails(
                    "NotSuspended",
                    "no earlier decision has suspended the agreement, so there is nothing to resume; a suspension of the same second stands: resume anew");
        }
        if (shortens(decision) && !decision.isByApprover()) {
            return Entitled.needs("approve", decision);
        }
        if (shortens(decision)
                && (so.decisions().stream().filter(ApprovedHearing::shortened).count() >= MOST_SHORTENINGS
                        || !Records.haveRoomForShortening(so, counts.decision()))) {
            return fails(
                    "ShortenedTooOften",
                    "recertifications have shortened the access " + MOST_SHORTENINGS
                            + " times, or with all that they say a status has no room for more: recertify without until, or revoke");
        }
        if (parties.isEmpty()) {
            return new Hearing.Waits(Problem.healing(
                    "TeamUnknown",
                    "the port, its platform or Team " + snapshot.team()
                            + " is gone, so nobody can tell who must not decide: it is taken when that is back"));
        }
        List<String> groups = decision.verdict() == Verdict.recertified
                ? approvers.groupsOf(
                        decision.by(), decision.isByApprover(), PolicyDemands.everybodyNamed(snapshot), parties.get())
                : List.of();
        return entitled.objection(
                        decision,
                        agreement,
                        snapshot,
                        parties.get(),
                        Optional.ofNullable(so.workflow()).orElse(snapshot.workflow()),
                        groups,
                        now)
                .orElse(counts);
    }

    /** Whether it came after what it takes back, by the API server's clock, whenever the operator came to look at either. */
    private boolean resumes(FiledDecision decision, DataUsageAgreement agreement, Approval so) {
        return DecisionsOnRecord.of(so)
                .pause()
                .filter(suspension -> decision.created().isAfter(open.filed(suspension, agreement)))
                .isPresent();
    }

    /** One that counts and is not on record yet, since whoever looks at Decisions may come to the later one first. */
    private Optional<FiledDecision> suspensionBefore(
            FiledDecision resumption, DataUsageAgreement agreement, Approval so, Snapshot snapshot, Guard guard) {
        Stream<FiledDecision> undecided = open.undecided(agreement, so, snapshot)
                .filter(other -> other.verdict() == Verdict.suspended)
                .filter(FiledDecision::isByApprover)
                .filter(other -> FiledDecisionCheck.fault(other, guard).isEmpty());
        return Stream.concat(undecided, open.suspensionsToCome(agreement, so))
                .filter(other -> other.created().isBefore(resumption.created()))
                .findFirst();
    }

    private static boolean shortens(FiledDecision decision) {
        return decision.verdict() == Verdict.recertified && decision.spec().until() != null;
    }

    private static boolean shortened(DecisionRecord decision) {
        return decision.decision() == Verdict.recertified && decision.until() != null;
    }

    private static Hearing fails(String reason, String message) {
        return new Hearing.Fails(Problem.healing(reason, message));
    }
}
