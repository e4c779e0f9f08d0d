package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong with a policy by itself. */
public final class PolicyCheck {
    private final PolicyExpressions expressions;

    public PolicyCheck(PolicyExpressions expressions) {
        this.expressions = expressions;
    }

    /** A sentence for each expression that cannot be used; requests that the policy is about wait meanwhile, or go to people where its mode is Default. */
    public List<String> faults(ApprovalPolicy policy) {
        List<String> faults = new ArrayList<>();
        for (PolicyRule rule : policy.getSpec().rules()) {
            addFault(rule.name(), "when", rule.when(), faults);
            addFault(rule.name(), "while", rule.asLongAs(), faults);
        }
        return faults;
    }

    /**
     * The Teams that are to approve and are not there, sorted: what they would decide waits, or where the policy is Mandatory the request is not even valid.
     *
     * @param exists whether there is a Team of a name
     */
    public List<String> missingTeams(ApprovalPolicy policy, Predicate<String> exists) {
        return policy.getSpec().rules().stream()
                .map(PolicyRule::require)
                .filter(Objects::nonNull)
                .flatMap(requirement -> requirement.approvals().stream())
                .map(approval -> approval.from().team())
                .filter(Objects::nonNull)
                .distinct()
                .filter(team -> !exists.test(team))
                .sorted()
                .toList();
    }

    private void addFault(String rule, String field, @Nullable String text, List<String> faults) {
        if (text != null && expressions.of(text) instanceof PolicyExpression.Broken broken) {
            faults.add("rule " + rule + ", " + field + ", line " + broken.line() + ", column " + broken.column() + ": "
                    + broken.why());
        }
    }
}
