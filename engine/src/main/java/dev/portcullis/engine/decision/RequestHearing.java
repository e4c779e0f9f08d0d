package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.selection.Selections;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears Decisions on a valid request that waits for people: says of each whether it counts, and why not. */
final class RequestHearing {
    private final Approvers approvers;
    private final Entitled entitled;

    RequestHearing(World world, FourEyes fourEyes) {
        this.approvers = new Approvers(world);
        this.entitled = new Entitled(fourEyes);
    }

    Hearing hear(
            FiledDecision decision,
            DataUsageAgreement agreement,
            Validity.Valid request,
            Needs needs,
            Ballot ballot,
            Guard guard,
            Instant now) {
        if (decision.verdict() != Verdict.approved && decision.verdict() != Verdict.rejected) {
            Problem notApproved = Problem.healing(
                    "NotApproved",
                    "the agreement is not approved, so it cannot be " + decision.verdict()
                            + ": what waits for its decision is approved or rejected");
            // of what is restored the approvals come back first; what was decided after them must not be lost meanwhile
            // and who said that it shall end has said so, also where somebody approves it after that
            return decision.isRestoredFor(agreement) || decision.verdict() == Verdict.revoked
                    ? new Hearing.Waits(notApproved)
                    : new Hearing.Fails(notApproved);
        }
        Optional<Hearing> fault = FiledDecisionCheck.fault(decision, guard);
        if (fault.isPresent()) {
            return fault.get();
        }
        Snapshot snapshot = request.snapshot();
        Parties parties = request.parties();
        List<String> groups = approvers.groupsOf(decision.by(), decision.isByApprover(), needs, parties);
        return nothingFor(decision, needs.approvals(), groups)
                .or(() -> entitled.objection(
                        decision, agreement, snapshot, parties, workflow(decision, snapshot, needs), groups, now))
                .orElseGet(() ->
                        withSelection(FiledDecisionCheck.record(decision, snapshot, groups, now), request, ballot));
    }

    /** Where a policy alone wants recorded approvals, who may decide on the port may still reject: policies make nothing easier. */
    private static Workflow workflow(FiledDecision decision, Snapshot snapshot, Needs needs) {
        return decision.verdict() == Verdict.rejected ? snapshot.workflow() : needs.workflow();
    }

    /** Whoever has no say at all hears that first. */
    private static Optional<Hearing> nothingFor(
            FiledDecision decision, List<RequiredApproval> required, List<String> groups) {
        return decision.verdict() == Verdict.approved
                        && decision.isByApprover()
                        && !required.isEmpty()
                        && groups.isEmpty()
                ? Optional.of(new Hearing.Fails(countsForNothing(required, decision.by())))
                : Optional.empty();
    }

    /** What an approver leaves out must have been asked for, and the text of a row filter stays as it is now. */
    private static Hearing withSelection(DecisionRecord decision, Validity.Valid request, Ballot ballot) {
        @Nullable SelectedObjects select = decision.select();
        if (select == null) {
            return counted(decision, ballot);
        }
        return Selections.misfit(request.offer(), request.snapshot(), select)
                .<Hearing>map(Hearing.Fails::new)
                .orElseGet(() -> counted(Selections.pinned(request.offer(), decision), ballot));
    }

    private static Hearing counted(DecisionRecord decision, Ballot ballot) {
        return decision.decision() == Verdict.rejected
                ? new Hearing.Counts(decision)
                : ballot.objection(decision)
                        .<Hearing>map(Hearing.Fails::new)
                        .orElseGet(() -> new Hearing.Counts(decision));
    }

    static Problem countsForNothing(List<RequiredApproval> required, String by) {
        return Problem.healing(
                "CountsForNothing",
                by + " can give none of the approvals that policies ask for: "
                        + RequiredApprovals.inWords(RequiredApprovals.missing(required)) + "; one of those decides");
    }
}
