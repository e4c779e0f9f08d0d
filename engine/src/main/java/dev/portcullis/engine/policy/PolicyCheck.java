package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
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

    private void addFault(String rule, String field, @Nullable String text, List<String> faults) {
        if (text != null && expressions.of(text) instanceof PolicyExpression.Broken broken) {
            faults.add("rule " + rule + ", " + field + ", line " + broken.line() + ", column " + broken.column() + ": "
                    + broken.why());
        }
    }
}
