package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.engine.facts.Problem;
import java.util.List;
import java.util.Optional;

/** What a look at an agreement's decision comes to. */
public sealed interface Ruling {
    /** The decision stands as it was; there may be none to come. */
    record Stands() implements Ruling {}

    /** A decision is taken now. */
    record Taken(DecisionRecord decision, String rule) implements Ruling {}

    /**
     * A decision is waited for.
     *
     * @param missing the approvals that are still required; none where any one person who may decides
     */
    record Awaited(String rule, List<RequiredApproval> missing) implements Ruling {}

    /** A written decision is not taken; it may be written once more. */
    record Refused(WrittenDecision decision, Problem why, String rule) implements Ruling {}

    /**
     * The written decision was not taken before and has not changed since.
     *
     * @param why what is wrong with it today; empty where that is over, and it is not taken all the same
     */
    record StillRefused(WrittenDecision decision, String rule, Optional<Problem> why) implements Ruling {}
}
