package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.DecisionReference;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.selection.Selections;
import dev.portcullis.engine.time.PeriodParser;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hears Decisions: says of each whether it counts for its agreement as that is now, and why not. */
final class Hearings {
    /** More are heard at the next look: each look is bounded. */
    private static final int MOST = 64;
    /** Each of them stays on record, and a status holds so many. */
    private static final int MOST_SHORTENINGS = 16;

    private final World world;
    private final OfferLookup offers;
    private final FourEyes fourEyes;
    private final Approvers approvers;

    Hearings(World world, OfferLookup offers, FourEyes fourEyes) {
        this.world = world;
        this.offers = offers;
        this.fourEyes = fourEyes;
        this.approvers = new Approvers(world);
    }

    /** The Decisions about this agreement that are not on record yet, in the order in which they are taken. */
    List<FiledDecision> open(DataUsageAgreement agreement, Approval so) {
        return decisionsNaming(agreement)
                .filter(decision -> !isOnRecord(decision, so))
                .filter(decision -> !decision.isDoneWith(agreement.getMetadata().getUid()))
                .filter(decision -> Binding.of(decision, agreement) instanceof Binding.Bound)
                .sorted(FiledDecision.IN_ORDER)
                .limit(MOST)
                .toList();
    }

    static boolean isOnRecord(FiledDecision decision, Approval so) {
        return so.decisions().stream()
                .map(DecisionRecord::object)
                .filter(Objects::nonNull)
                .anyMatch(object -> object.uid().equals(decision.reference().uid()));
    }

    /** Hears a Decision on a valid request that waits for people. */
    Hearing onRequest(
            FiledDecision decision,
            DataUsageAgreement agreement,
            Snapshot snapshot,
            Parties parties,
            Ballot ballot,
            Guard guard,
            Instant now) {
        if (decision.verdict() != Verdict.approved && decision.verdict() != Verdict.rejected) {
            return fails(
                    "NotApproved",
                    "the agreement is not approved, so it cannot be " + decision.verdict()
                            + ": what waits for its decision is approved or rejected");
        }
        Optional<Hearing> fault = FiledDecisionCheck.fault(decision, guard);
        if (fault.isPresent()) {
            return fault.get();
        }
        List<RequiredApproval> required = PolicyDemands.required(snapshot);
        List<String> groups = approvers.groupsOf(decision.by(), decision.isByApprover(), required, parties);
        return rights(decision, snapshot, groups)
                .or(() -> decision.verdict() == Verdict.approved && !required.isEmpty() && groups.isEmpty()
                        ? Optional.of(countsForNothing(decision.by(), required))
                        : Optional.empty())
                .or(() -> selfDecision(decision, agreement, snapshot, parties))
                .or(() -> unfitUntil(decision, now))
                .orElseGet(() -> withSelection(
                        FiledDecisionCheck.record(decision, snapshot, groups, now), agreement, snapshot, ballot));
    }

    /** What an approver leaves out must have been asked for, and the text of a row filter stays as it is now. */
    private Hearing withSelection(
            DecisionRecord decision, DataUsageAgreement agreement, Snapshot snapshot, Ballot ballot) {
        @Nullable SelectedObjects select = decision.select();
        if (select == null) {
            return counted(decision, ballot);
        }
        if (!(offers.find(agreement.getSpec().provider()) instanceof OfferLookup.Result.Found found)) {
            return new Hearing.Waits(Problem.healing(
                    "NotValidYet",
                    "the port offers nothing now, so nobody can tell what select means: see its condition Ready"));
        }
        return Selections.misfit(found.offer(), snapshot, select)
                .<Hearing>map(Hearing.Fails::new)
                .orElseGet(() -> counted(Selections.pinned(found.offer(), decision), ballot));
    }

    private static Optional<Hearing> unfitUntil(FiledDecision decision, Instant now) {
        return Optional.ofNullable(decision.spec().until())
                .filter(until ->
                        PeriodParser.end(until).filter(end -> end.isAfter(now)).isEmpty())
                .map(until -> fails(
                        "UntilPassed",
                        "until " + until
                                + " is past or no day that exists: decide again with a later one, or without"));
    }

    private static Hearing counted(DecisionRecord decision, Ballot ballot) {
        return decision.decision() == Verdict.rejected
                ? new Hearing.Counts(decision)
                : ballot.objection(decision)
                        .<Hearing>map(Hearing.Fails::new)
                        .orElseGet(() -> new Hearing.Counts(decision));
    }

    /**
     * Hears a Decision on an approved agreement.
     *
     * @param parties empty while nobody can tell who must not decide
     */
    Hearing afterApproval(
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
            return decision.isByApprover() ? counts : needs("approve", decision);
        }
        if (decision.verdict() == Verdict.resumed && !resumes(decision, agreement, so)) {
            return fails(
                    "NotSuspended",
                    "no earlier decision has suspended the agreement, so there is nothing to resume; a suspension of the same second stands: resume anew");
        }
        if (shortens(decision)
                && so.decisions().stream().filter(Hearings::shortened).count() >= MOST_SHORTENINGS) {
            return fails(
                    "ShortenedTooOften",
                    "recertifications have shortened the access " + MOST_SHORTENINGS
                            + " times: recertify without until, or revoke");
        }
        if (parties.isEmpty()) {
            return new Hearing.Waits(Problem.healing(
                    "TeamUnknown",
                    "the port, its platform or Team " + snapshot.team()
                            + " is gone, so nobody can tell who must not decide: it is taken when that is back"));
        }
        List<String> groups = decision.verdict() == Verdict.recertified
                ? approvers.groupsOf(
                        decision.by(), decision.isByApprover(), PolicyDemands.required(snapshot), parties.get())
                : List.of();
        return rights(decision, snapshot, groups)
                .or(() -> selfDecision(decision, agreement, snapshot, parties.get()))
                .or(() -> unfitUntil(decision, now))
                .orElse(counts);
    }

    /** Whether it came after what it takes back, by the API server's clock, whenever the operator came to look at either. */
    private boolean resumes(FiledDecision decision, DataUsageAgreement agreement, Approval so) {
        return DecisionsOnRecord.of(so)
                .pause()
                .filter(suspension -> decision.created().isAfter(filed(suspension, agreement)))
                .isPresent();
    }

    private Instant filed(DecisionRecord record, DataUsageAgreement agreement) {
        String uid =
                Optional.ofNullable(record.object()).map(DecisionReference::uid).orElse("");
        return decisionsNaming(agreement)
                .filter(decision -> decision.reference().uid().equals(uid))
                .findFirst()
                .map(FiledDecision::created)
                .orElseGet(() -> Instant.parse(record.at()));
    }

    private Stream<FiledDecision> decisionsNaming(DataUsageAgreement agreement) {
        return world
                .decisions(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName())
                .stream()
                .map(FiledDecision::of);
    }

    private static boolean shortens(FiledDecision decision) {
        return decision.verdict() == Verdict.recertified && decision.spec().until() != null;
    }

    private static boolean shortened(DecisionRecord decision) {
        return decision.decision() == Verdict.recertified && decision.until() != null;
    }

    /** In an External workflow what gives access comes from the system that decides; else from who may decide on the port, or is asked by a policy. */
    private static Optional<Hearing> rights(FiledDecision decision, Snapshot snapshot, List<String> groups) {
        if (PolicyDemands.workflow(snapshot) == Workflow.External) {
            return decision.isRecorded() ? Optional.empty() : Optional.of(needs("decide", decision));
        }
        return decision.isByApprover() || !groups.isEmpty()
                ? Optional.empty()
                : Optional.of(needs("approve", decision));
    }

    private Optional<Hearing> selfDecision(
            FiledDecision decision, DataUsageAgreement agreement, Snapshot snapshot, Parties parties) {
        return fourEyes.objection(decision.by(), agreement, snapshot.team(), parties)
                .map(Hearing.Fails::new);
    }

    static Problem countsForNothing(List<RequiredApproval> required, String by) {
        return Problem.healing(
                "CountsForNothing",
                by + " can give none of the approvals that policies ask for: " + RequiredApprovals.inWords(required)
                        + "; one of those decides");
    }

    private static Hearing countsForNothing(String by, List<RequiredApproval> required) {
        return new Hearing.Fails(countsForNothing(required, by));
    }

    private static Hearing needs(String verb, FiledDecision decision) {
        return fails(
                "NotEntitled",
                "its author had not the verb " + verb + " on OutputPort "
                        + decision.spec().outputPort() + ", which \"" + decision.verdict()
                        + "\" needs here: somebody who has it decides");
    }

    private static Hearing fails(String reason, String message) {
        return new Hearing.Fails(Problem.healing(reason, message));
    }
}
