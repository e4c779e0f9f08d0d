package dev.portcullis.engine.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.api.policy.PolicyRule;
import dev.portcullis.engine.given.MemoryPlatform;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases in samples/policies, as a repository with policies has its own. */
class SampleCasesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("portcullis.root"), "samples", "policies");
    private static final PolicyExpressions EXPRESSIONS = new PolicyExpressions();
    private static final CaseRunner RUNNER = new CaseRunner(
            new PlatformModules(List.of(new MemoryPlatform())),
            new PrincipalMapper(new PrincipalExpressions()),
            EXPRESSIONS);

    private static List<PolicyCase> cases() {
        try (Stream<Path> files = Files.list(SAMPLES.resolve("cases"))) {
            CaseReader reader = new CaseReader(SampleCasesTest::text, EXPRESSIONS);
            List<CaseReading> readings = files.map(file -> "cases/" + file.getFileName())
                    .sorted()
                    .map(reader::read)
                    .toList();
            assertThat(readings.stream().flatMap(reading -> reading.faults().stream()))
                    .isEmpty();
            return readings.stream()
                    .flatMap(reading -> reading.cases().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(String path) {
        Path file = SAMPLES.resolve(path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Named<PolicyCase>> samples() {
        return cases().stream().map(one -> Named.of(one.name(), one));
    }

    static Stream<Named<PolicyCase>> samplesWithAnotherRule() {
        return cases().stream().flatMap(one -> ruleOf(one).stream().flatMap(rule -> altered(one, rule).stream()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void everyCasePasses(PolicyCase one) {
        CaseResult result = RUNNER.run(one);

        assertThat(result.hasPassed()).as(result.text()).isTrue();
    }

    /** A case that passes with the rule and without it tests nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samplesWithAnotherRule")
    void everyCaseFailsWhenItsRuleIsAnother(PolicyCase altered) {
        assertThat(RUNNER.run(altered).hasPassed()).isFalse();
    }

    /** A rule that asks nobody is never the one that decides. */
    @Test
    void aRuleThatOnlyLimitsHasASayWhereItMatches() {
        assertThat(cases().stream()
                        .filter(one -> RUNNER.run(one).rules().contains("countries/at-home"))
                        .map(PolicyCase::name))
                .containsExactly("At home the policy asks nobody, so the port's own word decides");
    }

    @Test
    void everyRuleOfEveryPolicyHasASayInSomeCase() {
        List<PolicyCase> cases = cases();
        Set<String> rules = cases.stream()
                .flatMap(one -> one.policies().stream())
                .flatMap(policy -> policy.getSpec().rules().stream()
                        .map(rule -> policy.getMetadata().getName() + "/" + rule.name()))
                .collect(Collectors.toCollection(HashSet::new));
        cases.forEach(one -> rules.removeAll(RUNNER.run(one).rules()));

        assertThat(rules).isEmpty();
        assertThat(cases.size()).isGreaterThanOrEqualTo(12);
    }

    /** The policy and the rule that a case expects. */
    private static Optional<String[]> ruleOf(PolicyCase one) {
        return Optional.ofNullable(one.expected().rule())
                .filter(rule -> rule.contains("/"))
                .map(rule -> rule.split("/"));
    }

    private static List<Named<PolicyCase>> altered(PolicyCase one, String[] policyAndRule) {
        List<Named<PolicyCase>> altered = new ArrayList<>();
        ApprovalPolicy policy = one.policies().stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(policyAndRule[0]))
                .findFirst()
                .orElseThrow();
        altered.add(Named.of(
                one.name() + ": never matches",
                one.with(
                        edited(policy, policyAndRule[1], rule -> with(rule, "false", rule.reject(), rule.approve())))));
        // of a rule without an answer it does not matter what it would say
        if (one.expected().decision() != Outcome.invalid) {
            altered.add(Named.of(
                    one.name() + ": says the contrary",
                    one.with(edited(
                            policy,
                            policyAndRule[1],
                            rule -> rule.reject() == null
                                    ? with(rule, rule.when(), "No.", null)
                                    : with(rule, rule.when(), null, true)))));
        }
        return altered;
    }

    private static PolicyRule with(PolicyRule rule, String when, String reject, Boolean approve) {
        boolean asItWas = Objects.equals(reject, rule.reject()) && Objects.equals(approve, rule.approve());
        return new PolicyRule(
                rule.name(),
                when,
                asItWas ? rule.require() : null,
                approve,
                reject,
                rule.maxDuration(),
                rule.reviewWithin(),
                rule.asLongAs());
    }

    private static ApprovalPolicy edited(ApprovalPolicy policy, String name, UnaryOperator<PolicyRule> edit) {
        ApprovalPolicySpec spec = policy.getSpec();
        ApprovalPolicy edited = new ApprovalPolicy();
        edited.setMetadata(policy.getMetadata());
        edited.setSpec(new ApprovalPolicySpec(
                spec.mode(),
                spec.order(),
                spec.ports(),
                spec.rules().stream()
                        .map(rule -> rule.name().equals(name) ? edit.apply(rule) : rule)
                        .toList(),
                spec.requestTimeout()));
        return edited;
    }
}
