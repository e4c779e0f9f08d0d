package dev.portcullis.engine.decision;

import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the status of a Decision out of what becomes of it. */
public final class DecisionStatusFactory {
    /** As the schema bounds it. */
    private static final int LONGEST_UID = 64;

    private DecisionStatusFactory() {}

    /** Of one that is on record. */
    public static DecisionStatus of(Fate.Taken taken) {
        return new DecisionStatus(taken.agreementUid(), Outcome.Taken, "Taken", null, taken.at());
    }

    /** Of one that is not. */
    public static DecisionStatus of(Decision decision, Fate.Open open, Instant now) {
        @Nullable DecisionStatus before = decision.getStatus();
        @Nullable
        String agreementUid = BoundTo.of(decision)
                .latest()
                // without the guard anybody could have written anything there; a status that does not hold it would be
                // tried again for ever
                .filter(uid -> uid.length() <= LONGEST_UID)
                .orElse(null);
        boolean same = before != null
                && before.outcome() == open.outcome()
                && Objects.equals(before.reason(), open.why().reason())
                && before.at() != null;
        return new DecisionStatus(
                agreementUid,
                open.outcome(),
                open.why().reason(),
                open.why().message(),
                same ? before.at() : Times.text(now));
    }
}
