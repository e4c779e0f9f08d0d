package dev.portcullis.engine.policy;

import dev.portcullis.engine.facts.Problem;
import java.util.Optional;

/** How much of what policies say, and how many votes, a status can hold. */
public final class PolicyBounds {
    private static final int MOST_APPROVALS = 32;
    private static final int MOST_RULES = 64;

    private PolicyBounds() {}

    /**
     * Why it is too much.
     *
     * @param rules those that are kept with the request
     * @param approvals those that are required of it
     */
    public static Optional<Problem> exceeded(int rules, int approvals) {
        return approvals > MOST_APPROVALS || rules > MOST_RULES
                ? Optional.of(Problem.healing(
                        "PolicyUnclear",
                        rules + " policies ask for " + approvals + " approvals of this request together; at most "
                                + MOST_RULES + " may apply, with " + MOST_APPROVALS
                                + " approvals: the platform team narrows them, or joins some in one"))
                : Optional.empty();
    }
}
