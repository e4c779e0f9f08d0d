package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.engine.facts.Problem;
import java.util.List;

/** What the policies say of a request. */
public sealed interface PolicyJudgement {
    /**
     * All that apply have answered.
     *
     * @param terms what their rules want accepted
     */
    record Judged(AppliedPolicies policies, List<AskedTerms> terms) implements PolicyJudgement {}

    /** A Mandatory policy has no answer, so nothing is decided. */
    record Unclear(Problem why) implements PolicyJudgement {}
}
