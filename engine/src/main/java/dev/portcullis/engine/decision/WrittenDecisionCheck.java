package dev.portcullis.engine.decision;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a written decision by itself: was it written under guard, by somebody, in a form that can be kept. */
final class WrittenDecisionCheck {
    private WrittenDecisionCheck() {}

    static Optional<Problem> fault(WrittenDecision written, Guard guard, Sighting sighting) {
        if (guard instanceof Guard.Broken broken) {
            return Optional.of(
                    Problem.healing("DecisionsUnguarded", "no annotation is taken as a decision: " + broken.message()));
        }
        Guard.Whole whole = (Guard.Whole) guard;
        Instant since = whole.since();
        if (sighting.notBefore(whole.latest()).precedes(since, written)) {
            return Optional.of(Problem.healing(
                    "DecisionsUnguarded",
                    "nothing shows that the decision was written when the admission policies were there (since " + since
                            + "): decide again"));
        }
        if (written.by().isBlank() || written.recordedBy().isBlank()) {
            return Optional.of(Problem.healing(
                    "DecisionIncomplete",
                    "the decision does not say who decided and who recorded it: decide again, with portcullis.dev/decided-by and "
                            + "portcullis.dev/recorded-by, both your own user name"));
        }
        if (written.by().length() > Bounds.USER
                || written.recordedBy().length() > Bounds.USER
                || written.reason().length() > Bounds.TEXT
                || written.link().length() > Bounds.LINK) {
            return Optional.of(Problem.healing(
                    "DecisionTooLong",
                    "who decided has at most " + Bounds.USER + " characters, the reason " + Bounds.TEXT + ", the link "
                            + Bounds.LINK + ": decide again, shorter"));
        }
        return DecisionMetadataParser.parse(written.metadata()) instanceof DecisionMetadata.Unfit unfit
                ? Optional.of(unfit.why())
                : Optional.empty();
    }

    /** A word that is no decision on a request. */
    static Optional<Problem> unknownWord(WrittenDecision written) {
        return written.verdict().isPresent()
                ? Optional.empty()
                : Optional.of(Problem.healing(
                        "DecisionUnknown",
                        "portcullis.dev/decision is approved or rejected, nothing else: decide again"));
    }

    /** @param groups the groups whose approval it is */
    static DecisionRecord record(
            WrittenDecision written,
            DecisionRecord.Verdict verdict,
            Snapshot snapshot,
            List<String> groups,
            Instant now) {
        return new DecisionRecord(
                verdict,
                written.by(),
                written.recordedBy(),
                Times.text(now),
                emptyAsAbsent(written.reason()),
                emptyAsAbsent(written.link()),
                metadata(written),
                DecisionRecord.Via.Annotation,
                snapshot.request(),
                null,
                null,
                null,
                groups);
    }

    private static @Nullable Map<String, Object> metadata(WrittenDecision written) {
        return DecisionMetadataParser.parse(written.metadata()) instanceof DecisionMetadata.Given given
                ? given.object()
                : null;
    }

    private static @Nullable String emptyAsAbsent(String text) {
        return text.isEmpty() ? null : text;
    }
}
