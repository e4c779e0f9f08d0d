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

    /** Who decides where no rule does: as the port said, unless a policy that leaves it to people wants recorded decisions. */
    static Workflow workflow(Snapshot snapshot) {
        return asking(snapshot).areExternal() ? Workflow.External : snapshot.workflow();
    }

    /** The approvals that people have to give, where they decide; none where any one person who may does. */
    static List<RequiredApproval> required(Snapshot snapshot) {
        PolicyDemands asking = asking(snapshot);
        return asking.question().isPresent() ? asking.approvals() : List.of();
    }

    private static PolicyDemands asking(Snapshot snapshot) {
        PolicyDemands mandatory = of(PolicyMode.Mandatory, snapshot);
        return mandatory.question().isPresent() ? mandatory : of(PolicyMode.Default, snapshot);
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
