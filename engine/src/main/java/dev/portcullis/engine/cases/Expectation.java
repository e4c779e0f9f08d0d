package dev.portcullis.engine.cases;

import dev.portcullis.api.agreement.MissingApproval;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a case.
 *
 * @param rule the rule that decides or asks for decisions, as it is recorded: POLICY/RULE, same-team, auto-approve, manual or external; of what is invalid, the
 *     rule without an answer. May be absent where no rule has a say: invalid, expired
 * @param missing the approvals that are still missing; absent: not looked at
 * @param reason a part of the reason that is given; absent: not looked at
 */
public record Expectation(
        @Required Outcome decision,
        @Nullable String rule,
        @Nullable List<MissingApproval> missing,
        @Nullable String reason) {}
