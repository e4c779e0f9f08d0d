package dev.portcullis.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One condition of a status, with the fields and meanings of {@code metav1.Condition}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
        @JsonPropertyDescription("What the condition is about, for example Ready.") @Required @Size(max = 64)
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required
        Status status,

        @JsonPropertyDescription("metadata.generation the condition was judged by.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When status last changed, RFC 3339 in UTC.") @Required @Size(max = 32)
        String lastTransitionTime,

        @JsonPropertyDescription("The cause as one CamelCase word, for programs.") @Required @Size(max = 64)
        String reason,

        @JsonPropertyDescription("The cause in a sentence, for people.") @Required @Size(max = 4096)
        String message) {

    /** Whether a condition holds. */
    public enum Status {
        True,
        False,
        Unknown
    }
}
