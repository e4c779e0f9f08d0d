package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.PolicyRule;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of a policy says of a request.
 *
 * @param why of a rule without an answer what cannot be told
 */
public record RuleReading(
        PolicyRule rule, Finding finding, @Nullable String why) {
    /** Whether a rule matches. */
    public enum Finding {
        MATCHES,
        DOES_NOT_MATCH,
        /** It has no answer. */
        UNCLEAR,
        /** A rule before it matches, or has no answer. */
        NOT_ASKED
    }
}
