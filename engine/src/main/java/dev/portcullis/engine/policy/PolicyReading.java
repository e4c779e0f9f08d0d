package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.policy.RuleReading.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says of a request, rule by rule.
 *
 * @param isAboutThePort whether its selector covers the port; where it does not, no rule is asked
 */
public record PolicyReading(ApprovalPolicy policy, boolean isAboutThePort, List<RuleReading> rules) {
    public String name() {
        return policy.getMetadata().getName();
    }

    /** The rule that has a say: the first that matches, or that has no answer. */
    public Optional<RuleReading> decisive() {
        return rules.stream()
                .filter(rule -> rule.finding() == Finding.MATCHES || rule.finding() == Finding.UNCLEAR)
                .findFirst();
    }
}
