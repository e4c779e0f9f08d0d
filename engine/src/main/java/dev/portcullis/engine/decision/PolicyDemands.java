package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the policies of one mode ask of a request, by the rules that its snapshot keeps. */
final class PolicyDemands {
    private final List<AppliedRule> rules;

    private PolicyDemands(List<AppliedRule> rules) {
        this.rules = rules;
    }

    static PolicyDemands of(PolicyMode mode, Snapshot snapshot) {
        return new PolicyDemands(
                Optional.ofNullable(snapshot.policies()).map(AppliedPolicies::rules).orElse(List.of()).stream()
                        .filter(rule -> rule.mode() == mode)
                        .toList());
    }

    /** The first rule that rejects: one is enough, whatever others say. */
    Optional<AppliedRule> rejection() {
        return first(Effect.Reject);
    }

    /** The first rule that approves. */
    Optional<AppliedRule> approval() {
        return first(Effect.Approve);
    }

    /** The first rule that leaves the decision to people. */
    Optional<AppliedRule> question() {
        return rules.stream().filter(PolicyDemands::asksPeople).findFirst();
    }

    /** All that is asked of people, added up. */
    List<RequiredApproval> approvals() {
        return rules.stream().flatMap(rule -> rule.approvals().stream()).toList();
    }

    /** Whether only recorded decisions count. */
    boolean areExternal() {
        return rules.stream().anyMatch(rule -> rule.workflow() == Workflow.External);
    }

    /** All approvals that policies named, whoever decided in the end: who was one of them then may say later that the access stays. */
    static List<RequiredApproval> everybodyNamed(Snapshot snapshot) {
        return Stream.of(PolicyMode.values())
                .flatMap(mode -> of(mode, snapshot).approvals().stream())
                .toList();
    }

    /** The name a rule is recorded with. */
    static String name(AppliedRule rule) {
        return rule.policy() + "/" + rule.rule();
    }

    private Optional<AppliedRule> first(Effect effect) {
        return rules.stream().filter(rule -> rule.effect() == effect).findFirst();
    }

    private static boolean asksPeople(AppliedRule rule) {
        return rule.effect() == Effect.Require && (!rule.approvals().isEmpty() || rule.workflow() == Workflow.External);
    }
}
