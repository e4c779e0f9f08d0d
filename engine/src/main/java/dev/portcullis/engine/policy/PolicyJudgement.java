package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.engine.facts.Problem;

/** What the policies say of a request. */
public sealed interface PolicyJudgement {
    /** All that apply have answered. */
    record Judged(AppliedPolicies policies) implements PolicyJudgement {}

    /** A Mandatory policy has no answer, so nothing is decided. */
    record Unclear(Problem why) implements PolicyJudgement {}
}
