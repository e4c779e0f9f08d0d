package dev.portcullis.engine.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges a Decision by itself: was it written under guard, by somebody, in a form that can be kept. */
final class FiledDecisionCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FiledDecisionCheck() {}

    /** What is wrong with it, or what stands in the way of taking it. */
    static Optional<Hearing> fault(FiledDecision decision, Guard guard) {
        if (guard instanceof Guard.Broken broken) {
            return Optional.of(new Hearing.Waits(
                    Problem.healing("DecisionsUnguarded", "no Decision is taken: " + broken.message())));
        }
        Instant since = ((Guard.Whole) guard).since();
        // times have whole seconds, and what was written in the policies' own second may have been there before them
        if (!decision.created().isAfter(since)) {
            return failing(
                    "DecisionsUnguarded",
                    "nothing shows that it is younger than the admission policies as they are now (since " + since
                            + "): decide again");
        }
        DecisionSpec spec = decision.spec();
        if (decision.by().isBlank()
                || Optional.ofNullable(spec.recordedBy()).orElse("").isBlank()
                || spec.authority() == null) {
            return failing(
                    "DecisionIncomplete",
                    "spec.by, spec.recordedBy and spec.authority say who decided, who wrote it, and by which verb: decide again, with all three");
        }
        return metadata(spec) instanceof DecisionMetadata.Unfit unfit
                ? Optional.of(new Hearing.Fails(unfit.why()))
                : Optional.empty();
    }

    private static Optional<Hearing> failing(String reason, String message) {
        return Optional.of(new Hearing.Fails(Problem.healing(reason, message)));
    }

    /** @param groups the groups whose approval it is */
    static DecisionRecord record(FiledDecision decision, Snapshot snapshot, List<String> groups, Instant now) {
        DecisionSpec spec = decision.spec();
        return new DecisionRecord(
                spec.decision(),
                decision.by(),
                spec.recordedBy(),
                Times.text(now),
                spec.reason(),
                spec.link(),
                metadata(spec) instanceof DecisionMetadata.Given given ? given.object() : null,
                DecisionRecord.Via.Decision,
                snapshot.request(),
                spec.until(),
                spec.select(),
                decision.reference(),
                groups);
    }

    /** The API server takes an object of any size and depth; a status must be able to hold it. */
    private static DecisionMetadata metadata(DecisionSpec spec) {
        if (spec.metadata() == null || spec.metadata().isEmpty()) {
            return new DecisionMetadata.Absent();
        }
        try {
            return DecisionMetadataParser.parse(JSON.writeValueAsString(spec.metadata()), "spec.metadata");
        } catch (JsonProcessingException e) {
            return new DecisionMetadata.Unfit(
                    Problem.healing("DecisionIncomplete", "spec.metadata is not a JSON object: decide again"));
        }
    }
}
