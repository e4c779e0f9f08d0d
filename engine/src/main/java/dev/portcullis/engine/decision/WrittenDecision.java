package dev.portcullis.engine.decision;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.platform.Fingerprint;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision that an agreement's annotations hold, as it was written down.
 *
 * @param decision the annotation's value
 * @param by who decided; empty where nobody is named
 * @param recordedBy who wrote it down; empty where nobody is named
 * @param reason why; may be empty
 * @param link where it was discussed; may be empty
 * @param metadata a JSON object as text; may be empty
 * @param writtenAt when each writer of the record last changed it, as far as the object says; a client may have said so
 */
public record WrittenDecision(
        String decision,
        String by,
        String recordedBy,
        String reason,
        String link,
        String metadata,
        List<Instant> writtenAt) {
    private static final int FINGERPRINT = 8;
    private static final int LONGEST_NAME = 400;
    private static final List<String> RECORD = List.of(
            Annotations.DECISION,
            Annotations.DECIDED_BY,
            Annotations.RECORDED_BY,
            Annotations.DECISION_REASON,
            Annotations.DECISION_METADATA);

    /** The decision in the annotations, if there is one. */
    public static Optional<WrittenDecision> in(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations();
        if (annotations == null
                || annotations.getOrDefault(Annotations.DECISION, "").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new WrittenDecision(
                annotations.getOrDefault(Annotations.DECISION, ""),
                annotations.getOrDefault(Annotations.DECIDED_BY, ""),
                annotations.getOrDefault(Annotations.RECORDED_BY, ""),
                annotations.getOrDefault(Annotations.DECISION_REASON, ""),
                annotations.getOrDefault(Annotations.DECISION_LINK, ""),
                annotations.getOrDefault(Annotations.DECISION_METADATA, ""),
                writtenAt(metadata)));
    }

    /** What was decided; empty where the word is none that an annotation takes. */
    public Optional<Verdict> verdict() {
        return Stream.of(Verdict.approved, Verdict.rejected, Verdict.revoked)
                .filter(verdict -> verdict.name().equals(decision))
                .findFirst();
    }

    /** The record in one line, another one as soon as anything of it changes; admission compares the part before the fingerprint. */
    public String name() {
        String name = decision + " by " + by + " (" + fingerprint() + ")";
        // only what was written without a guard can be as long; the status must be able to hold it all the same
        return name.length() <= LONGEST_NAME ? name : "a decision too long to be named (" + fingerprint() + ")";
    }

    private String fingerprint() {
        return Fingerprint.ofText(Stream.of(decision, by, recordedBy, reason, link, metadata)
                        .map(part -> part.length() + ":" + part)
                        .collect(Collectors.joining()))
                .hex(FINGERPRINT);
    }

    private static List<Instant> writtenAt(ObjectMeta metadata) {
        List<ManagedFieldsEntry> entries = metadata.getManagedFields();
        if (entries == null) {
            return List.of();
        }
        return entries.stream()
                .filter(entry -> owns(entry.getFieldsV1()) && entry.getTime() != null)
                .map(entry -> Instant.parse(entry.getTime()))
                .toList();
    }

    private static boolean owns(FieldsV1 fields) {
        return fields != null
                && fields.getAdditionalProperties().get("f:metadata") instanceof Map<?, ?> metadata
                && metadata.get("f:annotations") instanceof Map<?, ?> annotations
                && RECORD.stream().anyMatch(key -> annotations.containsKey("f:" + key));
    }
}
