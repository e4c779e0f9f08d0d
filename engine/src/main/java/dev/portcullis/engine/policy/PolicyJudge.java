package dev.portcullis.engine.policy;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.PolicyRequirement;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.Shortened;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyExpression.Answer;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Period;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the policies about a request, once: what they say then is kept with it. All Mandatory ones speak, and of the Default ones the first with a rule that
 * matches.
 */
public final class PolicyJudge {
    private final World world;
    private final PolicyFacts facts;
    private final PolicyExpressions expressions;

    public PolicyJudge(World world, PolicyExpressions expressions) {
        this.world = world;
        this.facts = new PolicyFacts(world);
        this.expressions = expressions;
    }

    public PolicyJudgement judge(DataUsageAgreement agreement, Validity.Valid request, Period period, Instant now) {
        List<ApprovalPolicy> policies = new ArrayList<>();
        for (ApprovalPolicy policy : world.policies()) {
            Optional<Boolean> covers = PolicyScope.covers(
                    policy.getSpec().selector(), request.offer().port(), world::labelsOf);
            if (covers.isEmpty()) {
                return new PolicyJudgement.Unclear(namespaceUnknown(policy, request));
            }
            if (covers.get()) {
                policies.add(policy);
            }
        }
        if (policies.isEmpty()) {
            return new PolicyJudgement.Judged(new AppliedPolicies(Times.text(now), List.of()), List.of());
        }
        Seen seen = new Seen(facts.of(agreement, request, period, now));
        List<AppliedRule> applied = new ArrayList<>();
        List<AskedTerms> terms = new ArrayList<>();
        for (ApprovalPolicy policy : policies) {
            boolean isDefault = policy.getSpec().mode() == PolicyMode.Default;
            Optional<Match> match = firstMatch(policy, seen);
            if (match.isEmpty()) {
                continue;
            }
            AppliedRule rule = match.get().rule();
            if (rule.effect() == Effect.Unclear && !isDefault) {
                return new PolicyJudgement.Unclear(unclear(policy, rule));
            }
            Optional<String> noTeam = noTeam(rule);
            if (noTeam.isPresent() && !isDefault) {
                return new PolicyJudgement.Unclear(nobodyToAsk(rule, noTeam.get()));
            }
            applied.add(rule);
            match.get()
                    .requirement()
                    .terms()
                    .forEach(one -> terms.add(new AskedTerms(rule.policy(), rule.mode(), one)));
            if (isDefault) {
                break;
            }
        }
        return new PolicyJudgement.Judged(new AppliedPolicies(Times.text(now), applied), terms);
    }

    /** A Team that is to approve and is not there. Kept with the request, that would have it wait for ever. */
    private Optional<String> noTeam(AppliedRule rule) {
        for (RequiredApproval approval : rule.approvals()) {
            String team = approval.from().team();
            if (team != null && world.team(team).isEmpty()) {
                return Optional.of(team);
            }
        }
        return Optional.empty();
    }

    private static Problem nobodyToAsk(AppliedRule rule, String team) {
        return Problem.healing(
                "PolicyUnclear",
                "rule " + rule.rule() + " of ApprovalPolicy " + rule.policy() + " asks for approvals of Team " + team
                        + ", and there is no such Team: the platform team creates it, or mends the policy");
    }

    private Optional<Match> firstMatch(ApprovalPolicy policy, Seen seen) {
        for (PolicyRule rule : policy.getSpec().rules()) {
            Answer answer = expressions.of(rule.when()).evaluate(seen);
            if (answer instanceof Answer.Unknown unknown) {
                return Optional.of(match(policy, rule, Effect.Unclear, unknown.why(), PolicyRequirement.NOTHING));
            }
            if (answer.equals(Answer.TRUE)) {
                return Optional.of(matched(policy, rule));
            }
        }
        return Optional.empty();
    }

    private static Match matched(ApprovalPolicy policy, PolicyRule rule) {
        if (rule.reject() != null) {
            return match(policy, rule, Effect.Reject, rule.reject(), PolicyRequirement.NOTHING);
        }
        return rule.require() == null
                ? match(policy, rule, Effect.Approve, null, PolicyRequirement.NOTHING)
                : match(policy, rule, Effect.Require, null, rule.require());
    }

    private static Match match(
            ApprovalPolicy policy,
            PolicyRule rule,
            Effect effect,
            @Nullable String reason,
            PolicyRequirement requirement) {
        return new Match(applied(policy, rule, effect, reason, requirement), requirement);
    }

    private static AppliedRule applied(
            ApprovalPolicy policy,
            PolicyRule rule,
            Effect effect,
            @Nullable String reason,
            PolicyRequirement requirement) {
        return new AppliedRule(
                policy.getMetadata().getName(),
                policy.getMetadata().getGeneration(),
                policy.getSpec().mode(),
                rule.name(),
                effect,
                reason == null ? null : Shortened.to(Bounds.TEXT, reason),
                requirement.approvals(),
                requirement.workflow(),
                rule.maxDuration() == null ? requirement.maxDuration() : rule.maxDuration(),
                requirement.recertifyEvery(),
                rule.reviewWithin(),
                policy.getSpec().requestTimeout(),
                rule.asLongAs());
    }

    private static Problem namespaceUnknown(ApprovalPolicy policy, Validity.Valid request) {
        return Problem.healing(
                "PolicyUnclear",
                "the labels of namespace "
                        + request.offer().port().getMetadata().getNamespace()
                        + " are not known yet, by which ApprovalPolicy "
                        + policy.getMetadata().getName() + " chooses ports: they are in a moment");
    }

    private Problem unclear(ApprovalPolicy policy, AppliedRule rule) {
        boolean broken = policy.getSpec().rules().stream()
                .filter(one -> one.name().equals(rule.rule()))
                .anyMatch(one -> expressions.of(one.when()) instanceof PolicyExpression.Broken);
        return Problem.healing(
                "PolicyUnclear",
                "rule " + rule.rule() + " of ApprovalPolicy " + rule.policy()
                        + " cannot be evaluated for this request: " + rule.reason()
                        + "; the platform team mends the policy"
                        + (broken ? "" : ", or the Team says what is missing of its people"));
    }

    /** A rule that says something of the request. */
    private record Match(AppliedRule rule, PolicyRequirement requirement) {}
}
