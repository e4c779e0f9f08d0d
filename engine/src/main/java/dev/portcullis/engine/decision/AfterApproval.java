package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.request.PartiesLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes what is decided on an agreement after its approval: that it is revoked, in the annotation or a Decision, suspended, resumed or recertified. */
public final class AfterApproval {
    private final OpenDecisions open;
    private final ApprovedHearing hearing;
    private final PartiesLookup parties;
    private final Records records;

    public AfterApproval(FourEyes fourEyes, World world) {
        this.open = new OpenDecisions(world);
        this.hearing = new ApprovedHearing(world, fourEyes);
        this.records = new Records(world);
        this.parties = new PartiesLookup(world);
    }

    /** Looks at an agreement that is not over. */
    public Ruling look(DataUsageAgreement agreement, Approval so, Snapshot snapshot, Guard guard, Instant now) {
        return look(agreement, so, snapshot, revocation(agreement), open.of(agreement, so, snapshot), guard, now);
    }

    /**
     * Looks at one that is approved at this very look: what was said in Decisions for the time after that counts with it, so that nobody has the access for
     * the moment in between. An annotation cannot have revoked before.
     */
    public Ruling lookWithApproval(
            DataUsageAgreement agreement, Approval so, Snapshot snapshot, Guard guard, Instant now) {
        return look(agreement, so, snapshot, Optional.empty(), open.of(agreement, so, snapshot), guard, now);
    }

    /** Looks at one that is: a revocation may be written on it, since admission lets it, but Decisions on it are refused ({@link FateJudge}), whoever looks first. */
    public Ruling lookWhenOver(DataUsageAgreement agreement, Approval so, Snapshot snapshot, Guard guard, Instant now) {
        return look(agreement, so, snapshot, revocation(agreement), List.of(), guard, now);
    }

    private Ruling look(
            DataUsageAgreement agreement,
            Approval so,
            Snapshot snapshot,
            Optional<WrittenDecision> revocation,
            List<FiledDecision> filedOnes,
            Guard guard,
            Instant now) {
        if (Decider.isRevoked(so)) {
            return new Ruling.Stands();
        }
        List<DecisionRecord> taken = new ArrayList<>();
        Optional<NotTaken> notTaken = Optional.empty();
        if (revocation.isPresent()) {
            WrittenDecision written = revocation.get();
            Optional<Problem> fault = WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now));
            if (fault.isPresent() || written.name().equals(so.refusedDecision())) {
                notTaken = Optional.of(NotTaken.of(
                        written,
                        fault,
                        Optional.ofNullable(so.refusedDecision()).orElse("")));
            } else {
                taken.add(WrittenDecisionCheck.record(written, Verdict.revoked, snapshot, List.of(), now));
            }
        }
        Approval meanwhile = so;
        boolean isFull = false;
        Optional<Parties> sides = filedOnes.isEmpty() ? Optional.empty() : parties.find(agreement, snapshot);
        for (FiledDecision filed : filedOnes) {
            if (isRevoked(taken)) {
                break;
            }
            boolean mustHaveRoom = filed.verdict() != Verdict.revoked;
            if ((isFull && mustHaveRoom)
                    || !(hearing.hear(filed, agreement, meanwhile, snapshot, sides, guard, now)
                            instanceof Hearing.Counts counts)) {
                continue;
            }
            taken.add(counts.decision());
            if (mustHaveRoom && !records.haveRoomFor(agreement, so, taken)) {
                // there is room when the Decisions say that they were taken; until then no later one goes before it
                taken.remove(taken.size() - 1);
                isFull = true;
            } else {
                meanwhile = records.with(agreement, so, taken);
            }
        }
        return taken.isEmpty()
                ? new Ruling.Stands(notTaken)
                : new Ruling.Taken(
                        taken,
                        Optional.ofNullable(so.rule()).orElse(Rule.MANUAL.id()),
                        Optional.ofNullable(so.workflow()).orElse(snapshot.workflow()),
                        notTaken);
    }

    private static Optional<WrittenDecision> revocation(DataUsageAgreement agreement) {
        return WrittenDecision.in(agreement.getMetadata())
                .filter(written -> written.verdict().equals(Optional.of(Verdict.revoked)));
    }

    private static boolean isRevoked(List<DecisionRecord> taken) {
        return !taken.isEmpty() && taken.get(taken.size() - 1).decision() == Verdict.revoked;
    }
}
