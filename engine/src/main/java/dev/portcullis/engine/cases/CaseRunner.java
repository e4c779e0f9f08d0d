package dev.portcullis.engine.cases;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.cases.CaseResult.Difference;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.decision.RequiredApprovals;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.policy.PolicyReader;
import dev.portcullis.engine.policy.RuleReading.Finding;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.RequestCheck;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.PeriodParser;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs cases: what becomes of the request in its world is what the operator would make of it in a cluster. */
public final class CaseRunner {
    /** A request comes to rest after a look or two. */
    private static final int MOST_LOOKS = 8;

    private static final Guard UNDER_GUARD = new Guard.Whole(Instant.EPOCH);

    private final PlatformModules modules;
    private final PrincipalMapper principals;
    private final PolicyExpressions expressions;

    public CaseRunner(PlatformModules modules, PrincipalMapper principals, PolicyExpressions expressions) {
        this.modules = modules;
        this.principals = principals;
        this.expressions = expressions;
    }

    public CaseResult run(PolicyCase one) {
        DataUsageAgreement agreement = asked(one);
        settle(agreement, one.world(), one.requestedAt());
        settle(agreement, one.decidedWorld(), one.now());
        return compared(one, agreement);
    }

    private CaseResult compared(PolicyCase one, DataUsageAgreement decided) {
        Ending ending = Ending.of(decided.getStatus());
        Expectation expected = one.expected();
        List<Difference> differences = new ArrayList<>();
        compare("decision", expected.decision().name(), ending.outcome().name(), differences::add);
        if (expected.rule() != null) {
            String rule = ending.outcome() == Outcome.invalid
                    ? unclearRule(one, decided)
                    : ending.approval().rule();
            compare("rule", expected.rule(), Objects.requireNonNullElse(rule, "none"), differences::add);
        }
        if (expected.missing() != null) {
            compare(
                    "missing",
                    words(expected.missing()),
                    words(ending.approval().missing()),
                    differences::add);
        }
        String reason = ending.reason();
        if (expected.reason() != null && !reason.contains(expected.reason())) {
            differences.add(new Difference("reason", "… " + expected.reason() + " …", reason));
        }
        return new CaseResult(one, differences, ending.phase() + ": " + reason, rules(expected, decided));
    }

    private static Set<String> rules(Expectation expected, DataUsageAgreement decided) {
        Stream<String> limits =
                Optional.ofNullable(decided.getStatus().snapshot())
                        .map(Snapshot::policies)
                        .map(AppliedPolicies::rules)
                        .stream()
                        .flatMap(List::stream)
                        // such a rule never decides, so no case could name it
                        .filter(rule -> rule.effect() == Effect.Require
                                && rule.approvals().isEmpty()
                                && rule.workflow() == null)
                        .map(rule -> rule.policy() + "/" + rule.rule());
        return Stream.concat(Stream.ofNullable(expected.rule()), limits).collect(Collectors.toSet());
    }

    private static void compare(String field, String expected, String actual, Consumer<Difference> differs) {
        if (!expected.equals(actual)) {
            differs.accept(new Difference(field, expected, actual));
        }
    }

    /** Looks until nothing changes, as the operator does. */
    private void settle(DataUsageAgreement agreement, World world, Instant at) {
        AgreementEngine engine = new AgreementEngine(world, modules, principals, expressions);
        for (int look = 0; look < MOST_LOOKS; look++) {
            DataUsageAgreementStatus next = engine.assess(agreement, UNDER_GUARD, Optional.empty(), Clocks.inSync(at))
                    .status();
            if (next.equals(agreement.getStatus())) {
                break;
            }
            agreement.setStatus(next);
        }
    }

    /** The agreement as the API server has it. */
    private static DataUsageAgreement asked(PolicyCase one) {
        ObjectMeta given = one.agreement().getMetadata();
        ObjectMeta stored = new ObjectMeta();
        stored.setName(given.getName());
        stored.setNamespace(given.getNamespace());
        stored.setUid(given.getUid());
        stored.setGeneration(given.getGeneration());
        stored.setCreationTimestamp(one.requestedAt().toString());
        stored.setAnnotations(given.getAnnotations());
        DataUsageAgreement agreement = new DataUsageAgreement();
        agreement.setMetadata(stored);
        agreement.setSpec(one.agreement().getSpec());
        return agreement;
    }

    /** The rule of a Mandatory policy that has no answer, if that is why. */
    private @Nullable String unclearRule(PolicyCase one, DataUsageAgreement agreement) {
        Validity validity = new RequestCheck(one.world(), new OfferLookup(one.world(), modules))
                .check(agreement, agreement.getStatus().snapshot());
        if (!(validity instanceof Validity.Valid valid)
                || !(PeriodParser.parse(agreement.getSpec()) instanceof PeriodParser.Result.Ok dates)) {
            return null;
        }
        return new PolicyReader(one.world(), expressions)
                .read(agreement, valid, dates.period(), one.now()).stream()
                        .filter(reading -> reading.policy().getSpec().mode() == PolicyMode.Mandatory)
                        .flatMap(reading -> reading
                                .decisive()
                                .filter(rule -> rule.finding() == Finding.UNCLEAR)
                                .map(rule -> reading.name() + "/" + rule.rule().name())
                                .stream())
                        .findFirst()
                        .orElse(null);
    }

    private static String words(List<MissingApproval> approvals) {
        return approvals.isEmpty() ? "none" : RequiredApprovals.inWords(approvals);
    }
}
