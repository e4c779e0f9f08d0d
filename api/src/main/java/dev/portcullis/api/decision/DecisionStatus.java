package dev.portcullis.api.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What became of a decision. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DecisionStatus(
        @JsonPropertyDescription(
                "metadata.uid of the agreement it is about: one of the same name that is created later is another.")
        @Size(max = 64)
        @Nullable
        String agreementUid,

        @JsonPropertyDescription("Waiting, Taken or Refused.") @Required
        Outcome outcome,

        @JsonPropertyDescription("Why, in one word.") @Size(max = Bounds.NAME) @Nullable
        String reason,

        @JsonPropertyDescription("Why, and what to do next.") @Size(max = Bounds.TEXT) @Nullable
        String message,

        @JsonPropertyDescription("When it came to this, RFC 3339 in UTC.")
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        @Nullable
        String at) {

    /** What became of a decision. */
    public enum Outcome {
        /** It cannot be taken yet: the agreement is not there, or not valid. */
        Waiting,
        /** It is on record in the agreement's status. */
        Taken,
        /** It counts for nothing, and never will. */
        Refused
    }
}
