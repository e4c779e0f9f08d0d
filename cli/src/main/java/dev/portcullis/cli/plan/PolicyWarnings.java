package dev.portcullis.cli.plan;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.PolicyRequirement;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Policies that may ask for less than before. Nobody can tell of two expressions which one lets more pass, so an edit of a rule that requires or rejects counts as one.
 */
final class PolicyWarnings {
    private final Map<String, ApprovalPolicySpec> before;
    private final Map<String, ApprovalPolicySpec> after;
    private final List<Warning> warnings = new ArrayList<>();

    PolicyWarnings(Mesh before, Mesh after) {
        this.before = byName(before);
        this.after = byName(after);
    }

    private static Map<String, ApprovalPolicySpec> byName(Mesh mesh) {
        Map<String, ApprovalPolicySpec> byName = new HashMap<>();
        for (ApprovalPolicy policy : mesh.policies()) {
            byName.put(policy.getMetadata().getName(), policy.getSpec());
        }
        return byName;
    }

    List<Warning> all() {
        before.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            ApprovalPolicySpec is = after.get(entry.getKey());
            if (is == null) {
                warn(
                        "PolicyDeleted",
                        entry.getKey(),
                        "it is not there any more: requests that come later are not asked what it asks");
            } else if (!is.equals(entry.getValue())) {
                compare(entry.getKey(), entry.getValue(), is);
            }
        });
        after.entrySet().stream()
                .filter(entry -> !before.containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> entry.getValue().rules().stream()
                        .filter(PolicyRule::approves)
                        .forEach(rule -> approves(entry.getKey(), rule)));
        return warnings;
    }

    private void compare(String name, ApprovalPolicySpec was, ApprovalPolicySpec is) {
        if (was.mode() == PolicyMode.Mandatory && is.mode() == PolicyMode.Default) {
            weakened(name, "it is Default instead of Mandatory, so same-team and autoApprove come before it");
        }
        if (!was.selector().equals(is.selector())) {
            weakened(name, "it looks at other ports than before");
        }
        for (PolicyRule rule : was.rules()) {
            Optional<PolicyRule> now = is.rules().stream()
                    .filter(other -> other.name().equals(rule.name()))
                    .findFirst();
            if (!rule.approves()) {
                compare(name, rule, now);
            }
        }
        for (PolicyRule rule : is.rules()) {
            boolean known = was.rules().stream().anyMatch(rule::equals);
            if (rule.approves() && !known) {
                approves(name, rule);
            }
        }
    }

    private void compare(String name, PolicyRule rule, Optional<PolicyRule> now) {
        if (now.isEmpty()) {
            weakened(
                    name,
                    "rule " + rule.name() + " is gone, which "
                            + (rule.reject() == null ? "required something" : "rejected"));
            return;
        }
        PolicyRule is = now.get();
        if (rule.reject() != null && is.reject() == null) {
            weakened(name, "rule " + rule.name() + " does not reject any more");
        }
        if (!Objects.equals(rule.when(), is.when())) {
            weakened(name, "rule " + rule.name() + " matches when something else is true than before");
        }
        if (rule.asLongAs() != null && !Objects.equals(rule.asLongAs(), is.asLongAs())) {
            weakened(name, "rule " + rule.name() + " lets the access stay while something else is true than before");
        }
        if (rule.require() != null
                && approvals(Objects.requireNonNullElse(is.require(), PolicyRequirement.NOTHING))
                        < approvals(rule.require())) {
            weakened(name, "rule " + rule.name() + " asks for fewer approvals");
        }
    }

    private static int approvals(PolicyRequirement required) {
        return required.approvals().stream().mapToInt(RequiredApproval::count).sum();
    }

    private void approves(String name, PolicyRule rule) {
        warn("PolicyApproves", name, "rule " + rule.name() + " approves by itself: when " + rule.when());
    }

    private void weakened(String name, String message) {
        warn("PolicyWeakened", name, message + "; for requests that come later");
    }

    private void warn(String kind, String name, String message) {
        warnings.add(new Warning(kind, "ApprovalPolicy " + name, message));
    }
}
