package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyExpression.Answer;
import dev.portcullis.engine.policy.RuleReading.Finding;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks policies about a request rule by rule, for people who want to know why; what becomes of the request is {@link PolicyJudge}'s. */
public final class PolicyReader {
    private final World world;
    private final PolicyFacts facts;
    private final PolicyExpressions expressions;

    public PolicyReader(World world, PolicyExpressions expressions) {
        this.world = world;
        this.facts = new PolicyFacts(world);
        this.expressions = expressions;
    }

    /** All policies, in the order in which they are asked. */
    public List<PolicyReading> read(DataUsageAgreement agreement, Validity.Valid request, Period period, Instant now) {
        Map<String, Object> seen = facts.of(agreement, request, period, now);
        return world.policies().stream()
                .map(policy -> PolicyScope.covers(
                                        policy.getSpec().selector(),
                                        request.offer().port(),
                                        world::labelsOf)
                                .orElse(true)
                        ? new PolicyReading(policy, true, rules(policy, seen))
                        : new PolicyReading(policy, false, List.of()))
                .toList();
    }

    private List<RuleReading> rules(ApprovalPolicy policy, Map<String, Object> seen) {
        List<RuleReading> readings = new ArrayList<>();
        boolean isDecided = false;
        for (PolicyRule rule : policy.getSpec().rules()) {
            RuleReading reading = isDecided ? new RuleReading(rule, Finding.NOT_ASKED, null) : ask(rule, seen);
            readings.add(reading);
            isDecided |= reading.finding() != Finding.DOES_NOT_MATCH;
        }
        return readings;
    }

    private RuleReading ask(PolicyRule rule, Map<String, Object> seen) {
        Answer answer = expressions.of(rule.when()).evaluate(seen);
        if (answer instanceof Answer.Unknown unknown) {
            return new RuleReading(rule, Finding.UNCLEAR, unknown.why());
        }
        return new RuleReading(rule, answer.equals(Answer.TRUE) ? Finding.MATCHES : Finding.DOES_NOT_MATCH, null);
    }
}
