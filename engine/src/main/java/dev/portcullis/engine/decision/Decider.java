package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.platform.ApprovalRules;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides a valid request: by the first rule that applies, else by the decision written in the annotations. */
public final class Decider {
    private final FourEyes fourEyes;

    private final World world;

    public Decider(FourEyes fourEyes, World world) {
        this.fourEyes = fourEyes;
        this.world = world;
    }

    /** Decides a request that waits. */
    public Ruling decide(DataUsageAgreement agreement, Approval so, Validity.Valid request, Guard guard, Instant now) {
        Rule workflow = request.snapshot().workflow() == Workflow.External ? Rule.EXTERNAL : Rule.MANUAL;
        return byPolicies(PolicyMode.Mandatory, agreement, so, request, guard, now)
                .or(() -> byTheMesh(agreement, request, now))
                .or(() -> byPolicies(PolicyMode.Default, agreement, so, request, guard, now))
                .orElseGet(() -> byPeople(agreement, so, request, guard, now, workflow.id(), List.of()));
    }

    /** What holds without any policy: use inside the team, and the port's own word. */
    private static Optional<Ruling> byTheMesh(DataUsageAgreement agreement, Validity.Valid request, Instant now) {
        if (isSameTeam(agreement, request)) {
            return Optional.of(byRule(
                    Rule.SAME_TEAM,
                    Verdict.approved,
                    "requested inside team " + request.consumer().name(),
                    now));
        }
        if (request.offer().port().getSpec().autoApprove()
                && request.offer().platform().getSpec().approval().autoApprove() == ApprovalRules.AutoApprove.Allowed) {
            return Optional.of(byRule(Rule.AUTO_APPROVE, Verdict.approved, "the port approves every request", now));
        }
        return Optional.empty();
    }

    private Optional<Ruling> byPolicies(
            PolicyMode mode,
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now) {
        PolicyDemands demands = PolicyDemands.of(mode, request.snapshot());
        return demands.rejection()
                .<Ruling>map(rule -> byRule(PolicyDemands.name(rule), Verdict.rejected, rule.reason(), now))
                .or(() -> demands.question()
                        .map(rule -> byPeople(
                                agreement, so, request, guard, now, PolicyDemands.name(rule), demands.approvals())))
                .or(() -> demands.approval()
                        .map(rule ->
                                byRule(PolicyDemands.name(rule), Verdict.approved, "the policy approves it", now)));
    }

    private Ruling byPeople(
            DataUsageAgreement agreement,
            Approval so,
            Validity.Valid request,
            Guard guard,
            Instant now,
            String rule,
            List<RequiredApproval> required) {
        return WrittenDecision.in(agreement.getMetadata())
                .filter(written -> !written.decision().equals(Verdict.revoked.name()))
                .map(written -> byPerson(agreement, so, request, guard, now, written, rule, required))
                .orElseGet(() -> new Ruling.Awaited(rule, required));
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

    /** Who decides where no rule does. */
    public static Workflow workflow(Snapshot snapshot) {
        return PolicyDemands.workflow(snapshot);
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
            String rule,
            List<RequiredApproval> required) {
        Optional<Problem> objection = WrittenDecisionCheck.unknownWord(written)
                .or(() -> WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now)))
                .or(() -> fourEyes.objection(written.by(), agreement, request));
        if (written.name().equals(so.refusedDecision())) {
            return new Ruling.StillRefused(written, rule, objection);
        }
        return objection
                .<Ruling>map(problem -> new Ruling.Refused(written, problem, rule))
                .orElseGet(() -> counted(request, now, written, rule, required));
    }

    /** One rejection rejects; an approval counts for what is required. */
    private Ruling counted(
            Validity.Valid request,
            Instant now,
            WrittenDecision written,
            String rule,
            List<RequiredApproval> required) {
        Verdict verdict = written.verdict().orElseThrow();
        if (verdict == Verdict.approved) {
            Quorum<String> quorum =
                    new Quorum<>(required, List.of(written.by()), (approval, by) -> mayApprove(approval, by, request));
            if (!quorum.isMet()) {
                return new Ruling.Awaited(rule, quorum.missing());
            }
        }
        return new Ruling.Taken(WrittenDecisionCheck.record(written, verdict, now), rule);
    }

    private boolean mayApprove(RequiredApproval approval, String by, Validity.Valid request) {
        String team = approval.from().team();
        return team == null
                ? !request.provider().listsMembers() || request.provider().hasMember(by)
                : new ActingTeam(team, world.team(team)).hasMember(by);
    }

    /** Where the team lists members, requester and user beneficiary must be among them. */
    public static boolean isSameTeam(DataUsageAgreement agreement, Validity.Valid request) {
        return request.snapshot().team().equals(request.snapshot().providerTeam())
                && request.snapshot().team().equals(request.consumer().name())
                && SameTeam.outsider(agreement, request.consumer()).isEmpty();
    }

    private static Ruling.Taken byRule(Rule rule, Verdict verdict, String reason, Instant now) {
        return byRule(rule.id(), verdict, reason, now);
    }

    private static Ruling.Taken byRule(String rule, Verdict verdict, @Nullable String reason, Instant now) {
        return new Ruling.Taken(
                new DecisionRecord(
                        verdict,
                        Rule.author(rule),
                        null,
                        Times.text(now),
                        reason,
                        null,
                        null,
                        DecisionRecord.Via.Rule,
                        null,
                        null,
                        null,
                        null,
                        List.of()),
                rule);
    }
}
