package dev.portcullis.benchmark.chaos;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of an agreement. Only what the model cannot know is taken from it, which is what came first of two things that happened close together; and only
 * where it is one of the possible answers.
 *
 * @param portUid of the port that was judged; null before that
 * @param wasMember whether the beneficiary was listed by the team at that time; null where the team listed nobody, or nobody looked yet
 */
record Told(
        Approval approval,
        String phase,
        @Nullable String portUid,
        Set<String> columns,
        @Nullable Boolean wasMember) {

    enum Approval {
        OPEN,
        APPROVED,
        REJECTED
    }

    Told {
        columns = Set.copyOf(columns);
    }
}
