package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.platform.ApprovalRules;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides a valid request: by the first rule that applies, else by the decision written in the annotations. */
public final class Decider {
    private final FourEyes fourEyes;

    public Decider(FourEyes fourEyes) {
        this.fourEyes = fourEyes;
    }

    /** Decides a request that waits. */
    public Ruling decide(DataUsageAgreement agreement, Approval so, Validity.Valid request, Guard guard, Instant now) {
        if (isSameTeam(agreement, request)) {
            return byRule(
                    Rule.SAME_TEAM,
                    Verdict.approved,
                    "requested inside team " + request.consumer().name(),
                    now);
        }
        if (request.offer().port().getSpec().autoApprove()
                && request.offer().platform().getSpec().approval().autoApprove() == ApprovalRules.AutoApprove.Allowed) {
            return byRule(Rule.AUTO_APPROVE, Verdict.approved, "the port approves every request", now);
        }
        Rule workflow = request.snapshot().workflow() == Workflow.External ? Rule.EXTERNAL : Rule.MANUAL;
        return WrittenDecision.in(agreement.getMetadata())
                .filter(written -> !written.decision().equals(Verdict.revoked.name()))
                .map(written -> byPerson(agreement, so, request, guard, now, written, workflow))
                .orElseGet(() -> new Ruling.Awaited(workflow.id()));
    }

    /** Looks at an approved agreement: a written revocation may follow an approval, nothing else. */
    public Ruling lookForRevocation(DataUsageAgreement agreement, Approval so, Guard guard, Instant now) {
        String rule = Optional.ofNullable(so.rule()).orElse(Rule.MANUAL.id());
        Optional<WrittenDecision> revocation = WrittenDecision.in(agreement.getMetadata())
                .filter(written -> written.verdict().equals(Optional.of(Verdict.revoked)));
        if (revocation.isEmpty() || isRevoked(so)) {
            return new Ruling.Stands();
        }
        WrittenDecision written = revocation.get();
        Optional<Problem> fault = WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now));
        if (written.name().equals(so.refusedDecision())) {
            return new Ruling.StillRefused(written, rule, fault);
        }
        return fault.<Ruling>map(problem -> new Ruling.Refused(written, problem, rule))
                .orElseGet(() -> new Ruling.Taken(WrittenDecisionCheck.record(written, Verdict.revoked, now), rule));
    }

    /**
     * Looks at a request that is not valid: nothing is decided, but a decision that was not written under guard is refused for good, since the guard may be
     * back by the time the request is valid.
     */
    public static Optional<String> refusedMeanwhile(
            DataUsageAgreement agreement, Approval so, Guard guard, Instant now) {
        return WrittenDecision.in(agreement.getMetadata())
                .filter(written -> written.name().equals(so.refusedDecision())
                        || WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now))
                                .isPresent())
                .map(WrittenDecision::name);
    }

    /** A revocation that no person wrote. */
    public static Ruling.Taken revokedByRule(Rule rule, String reason, Instant now) {
        return byRule(rule, Verdict.revoked, reason, now);
    }

    public static boolean isRevoked(Approval approval) {
        List<DecisionRecord> decisions = approval.decisions();
        return !decisions.isEmpty() && decisions.get(decisions.size() - 1).decision() == Verdict.revoked;
    }

    private Ruling byPerson(
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now,
            WrittenDecision written,
            Rule workflow) {
        Optional<Problem> objection = WrittenDecisionCheck.unknownWord(written)
                .or(() -> WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now)))
                .or(() -> fourEyes.objection(written.by(), agreement, request));
        if (written.name().equals(so.refusedDecision())) {
            return new Ruling.StillRefused(written, workflow.id(), objection);
        }
        return objection
                .<Ruling>map(problem -> new Ruling.Refused(written, problem, workflow.id()))
                .orElseGet(() -> new Ruling.Taken(
                        WrittenDecisionCheck.record(written, written.verdict().orElseThrow(), now), workflow.id()));
    }

    /** Where the team lists members, requester and user beneficiary must be among them. */
    public static boolean isSameTeam(DataUsageAgreement agreement, Validity.Valid request) {
        return request.snapshot().team().equals(request.snapshot().providerTeam())
                && request.snapshot().team().equals(request.consumer().name())
                && SameTeam.outsider(agreement, request.consumer()).isEmpty();
    }

    private static Ruling.Taken byRule(Rule rule, Verdict verdict, String reason, Instant now) {
        return new Ruling.Taken(
                new DecisionRecord(
                        verdict, rule.author(), null, Times.text(now), reason, null, null, DecisionRecord.Via.Rule),
                rule.id());
    }
}
