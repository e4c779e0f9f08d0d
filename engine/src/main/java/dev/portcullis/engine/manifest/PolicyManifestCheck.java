package dev.portcullis.engine.manifest;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.engine.policy.PolicyExpression;
import dev.portcullis.engine.policy.PolicyExpressions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong with a policy that was read: an expression that does not compile, a rule that says nothing, or two things. */
public final class PolicyManifestCheck {
    private final PolicyExpressions expressions;

    public PolicyManifestCheck(PolicyExpressions expressions) {
        this.expressions = expressions;
    }

    /** Other kinds have no such faults. */
    public void check(Manifest manifest, List<Fault> faults) {
        if (!(manifest.object() instanceof ApprovalPolicy policy)) {
            return;
        }
        List<PolicyRule> rules = policy.getSpec().rules();
        for (int i = 0; i < rules.size(); i++) {
            PolicyRule rule = rules.get(i);
            String pointer = "/spec/rules/" + i;
            int says = (rule.approves() ? 1 : 0) + (rule.reject() == null ? 0 : 1) + (rule.require() == null ? 0 : 1);
            if (says != 1) {
                faults.add(manifest.fault(pointer, "a rule says one thing: require, approve: true or reject"));
            }
            compile(manifest, pointer + "/when", rule.when(), faults);
            compile(manifest, pointer + "/while", rule.asLongAs(), faults);
        }
    }

    private void compile(Manifest manifest, String pointer, @Nullable String text, List<Fault> faults) {
        if (text != null && expressions.of(text) instanceof PolicyExpression.Broken broken) {
            faults.add(manifest.fault(
                    pointer,
                    "the expression is broken at its line " + broken.line() + ", column " + broken.column() + ": "
                            + broken.why()));
        }
    }
}
