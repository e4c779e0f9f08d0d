package dev.portcullis.engine;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.engine.decision.Decider;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.policy.PolicyAsks;
import dev.portcullis.engine.policy.PolicyBounds;
import dev.portcullis.engine.policy.PolicyJudge;
import dev.portcullis.engine.policy.PolicyJudgement;
import dev.portcullis.engine.request.KeptText;
import dev.portcullis.engine.request.ProductAsks;
import dev.portcullis.engine.request.RequestCheck;
import dev.portcullis.engine.request.RequestHash;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Dates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a request in: is it valid, what do the policies say of it, are the texts accepted that product and policies ask for; then all of that is frozen. */
final class Intake {
    private final RequestCheck requests;
    private final PolicyJudge policies;

    Intake(RequestCheck requests, PolicyJudge policies) {
        this.requests = requests;
        this.policies = policies;
    }

    /** What came of it. */
    sealed interface Result {
        /**
         * It can be decided.
         *
         * @param texts what the snapshot names by their hashes for the first time
         */
        record Ready(Validity.Valid request, List<KeptText> texts) implements Result {}

        /**
         * It cannot, yet or ever.
         *
         * @param snapshot what is frozen all the same
         */
        record NotYet(Problem why, @Nullable Snapshot snapshot, List<KeptText> texts) implements Result {}
    }

    /** @param frozen what was frozen before, if the request was valid before */
    Result take(DataUsageAgreement agreement, @Nullable Snapshot frozen, Dates dates, Instant now) {
        Validity validity = requests.check(agreement, frozen);
        if (validity instanceof Validity.Invalid invalid) {
            return new Result.NotYet(invalid.problem(), frozen, List.of());
        }
        Validity.Valid valid = (Validity.Valid) validity;
        List<KeptText> texts = new ArrayList<>();
        if (frozen == null) {
            texts.addAll(new ProductAsks(valid.offer().product(), agreement.getSpec()).texts());
        }
        if (valid.snapshot().policies() == null) {
            PolicyJudgement said =
                    policies.judge(agreement, valid, dates.period().orElseThrow(), now);
            if (said instanceof PolicyJudgement.Unclear unclear) {
                return new Result.NotYet(unclear.why(), valid.snapshot(), texts);
            }
            PolicyJudgement.Judged judged = (PolicyJudgement.Judged) said;
            Set<PolicyMode> heard = heard(agreement, valid.judgedBy(judged.policies()), now);
            AppliedPolicies kept = kept(judged.policies(), heard);
            Optional<Problem> tooMuch =
                    PolicyBounds.exceeded(kept.rules().size(), Decider.required(agreement, valid.judgedBy(kept), now));
            if (tooMuch.isPresent()) {
                return new Result.NotYet(tooMuch.get(), valid.snapshot(), texts);
            }
            valid = valid.judgedBy(kept);
            PolicyAsks asked = asked(agreement, judged, heard);
            if (asked.fault().isPresent()) {
                return new Result.NotYet(asked.fault().get(), frozen, List.of());
            }
            valid = valid.accepting(asked.accepted());
            texts.addAll(asked.texts());
        }
        return new Result.Ready(
                valid.snapshot().request() == null ? valid.named(RequestHash.of(agreement, valid.snapshot())) : valid,
                texts);
    }

    /** The modes whose policies have a say in more than a rejection. */
    private static Set<PolicyMode> heard(DataUsageAgreement agreement, Validity.Valid judged, Instant now) {
        return Stream.of(PolicyMode.values())
                .filter(mode -> Decider.listensTo(mode, agreement, judged, now))
                .collect(Collectors.toSet());
    }

    /** A Default policy that nobody asks, since others have decided before, limits nothing either. */
    private static AppliedPolicies kept(AppliedPolicies judged, Set<PolicyMode> heard) {
        return new AppliedPolicies(
                judged.at(),
                judged.rules().stream()
                        .filter(rule -> rule.mode() == PolicyMode.Mandatory || heard.contains(rule.mode()))
                        .toList());
    }

    /** What the policies that have a say want accepted. */
    private static PolicyAsks asked(
            DataUsageAgreement agreement, PolicyJudgement.Judged judged, Set<PolicyMode> heard) {
        return new PolicyAsks(
                judged.terms().stream()
                        .filter(one -> heard.contains(one.mode()))
                        .toList(),
                agreement.getSpec().policyTerms());
    }
}
