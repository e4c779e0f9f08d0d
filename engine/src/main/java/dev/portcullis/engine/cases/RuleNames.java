package dev.portcullis.engine.cases;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.decision.Rule;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that rules are recorded with. */
final class RuleNames {
    private static final List<String> WITHOUT_POLICY = Stream.of(
                    Rule.SAME_TEAM, Rule.AUTO_APPROVE, Rule.MANUAL, Rule.EXTERNAL)
            .map(Rule::id)
            .toList();

    /** Those that need no policy, for people. */
    static final String BUILT_IN = WITHOUT_POLICY.stream().collect(Collectors.joining(", "));

    private RuleNames() {}

    static boolean exists(String name, Resources resources) {
        return WITHOUT_POLICY.contains(name)
                || resources
                        .all(ManifestKind.POLICY, ApprovalPolicy.class)
                        .flatMap(policy -> policy.getSpec().rules().stream()
                                .map(rule -> policy.getMetadata().getName() + "/" + rule.name()))
                        .anyMatch(name::equals);
    }
}
