package dev.portcullis.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of an agreement. */
public sealed interface Outcome {
    /** One word, which stays the same from one version to the next. */
    default String word() {
        return getClass().getSimpleName();
    }

    /**
     * It is approved.
     *
     * @param by who, where people decided
     */
    record Approved(@Nullable String rule, List<String> by, String phase, String message) implements Outcome {}

    /** It waits for people. */
    record Waiting(@Nullable String rule, List<Need> needs) implements Outcome {}

    /** It is rejected. */
    record Rejected(@Nullable String rule, String reason) implements Outcome {}

    /** Nobody can decide on it. */
    record Invalid(String reason, String message) implements Outcome {}

    /** It is approved, and gives nothing for now. */
    record Paused(String phase, String reason, String message) implements Outcome {}

    /** It is over. */
    record Ended(String phase, String message) implements Outcome {}

    /** It waits as before, by all that is known. */
    record Same() implements Outcome {}

    /** It is not there any more. */
    record Deleted() implements Outcome {}

    /**
     * Approvals that are missing.
     *
     * @param whose whose approvals
     * @param people who may give them, as far as that is known
     * @param nobody why there are not enough of them, and what to do; absent: there may be
     */
    record Need(
            int count,
            String whose,
            List<String> people,
            @Nullable String nobody) {}
}
