package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.PolicyTerms;

/** Terms that a policy's rule wants accepted. */
public record AskedTerms(String policy, PolicyMode mode, PolicyTerms terms) {
    /** The same text under the same name. */
    boolean agreesWith(AskedTerms other) {
        return terms.equals(other.terms);
    }

    boolean isNamedLike(AskedTerms other) {
        return terms.id().equals(other.terms.id());
    }
}
