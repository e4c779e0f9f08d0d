package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.engine.policy.PolicyReading;
import dev.portcullis.engine.policy.RuleReading;
import dev.portcullis.engine.policy.RuleReading.Finding;
import dev.portcullis.engine.review.Review.AppliedView;
import dev.portcullis.engine.review.Review.PolicyView;
import dev.portcullis.engine.review.Review.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the policies say of a request: what was kept with it, and what they say as they are now. */
final class PolicyViews {
    private PolicyViews() {}

    /**
     * All policies.
     *
     * @param frozen what was kept with the request; empty where it was not judged yet
     */
    static List<PolicyView> of(List<PolicyReading> readings, Optional<AppliedPolicies> frozen) {
        List<AppliedRule> applied = frozen.map(AppliedPolicies::rules).orElse(List.of());
        List<PolicyView> views = new ArrayList<>();
        for (PolicyReading reading : readings) {
            Optional<AppliedRule> rule = applied.stream()
                    .filter(one -> one.policy().equals(reading.name()))
                    .findFirst();
            views.add(new PolicyView(
                    reading.name(),
                    reading.policy().getSpec().mode(),
                    reading.isAboutThePort(),
                    rule.map(PolicyViews::view).orElse(null),
                    frozen.isPresent() && isAnother(reading, rule),
                    reading.rules().stream().map(PolicyViews::view).toList()));
        }
        Set<String> there = readings.stream().map(PolicyReading::name).collect(Collectors.toSet());
        applied.stream()
                .filter(rule -> !there.contains(rule.policy()))
                .forEach(rule ->
                        views.add(new PolicyView(rule.policy(), rule.mode(), true, view(rule), true, List.of())));
        return views;
    }

    /** Of a Default policy nothing is kept where an earlier one had a say, so that only what is kept tells of another edition. */
    private static boolean isAnother(PolicyReading reading, Optional<AppliedRule> rule) {
        if (rule.isPresent()) {
            return !Objects.equals(
                            rule.get().generation(),
                            reading.policy().getMetadata().getGeneration())
                    || reading.decisive()
                            .filter(now -> now.rule().name().equals(rule.get().rule()))
                            .isEmpty();
        }
        return reading.policy().getSpec().mode() == PolicyMode.Mandatory
                && reading.decisive().isPresent();
    }

    private static AppliedView view(AppliedRule rule) {
        return new AppliedView(rule.rule(), rule.effect(), rule.reason());
    }

    private static RuleView view(RuleReading reading) {
        return new RuleView(reading.rule().name(), reading.rule().when(), words(reading.finding()), reading.why());
    }

    private static String words(Finding finding) {
        return switch (finding) {
            case MATCHES -> "matches";
            case DOES_NOT_MATCH -> "does not match";
            case UNCLEAR -> "cannot be told";
            case NOT_ASKED -> "not asked";
        };
    }
}
