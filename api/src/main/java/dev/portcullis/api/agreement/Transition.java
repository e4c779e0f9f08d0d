package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One change of the phase. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Transition(
        @JsonPropertyDescription("When, RFC 3339 in UTC.") @Required @Size(max = 32) @Pattern(Bounds.MOMENT_PATTERN)
        String at,

        @JsonPropertyDescription("The phase entered.") @Required
        Phase phase,

        @JsonPropertyDescription("Who caused it, where a person or system did.") @Size(max = Bounds.USER) @Nullable
        String by,

        @JsonPropertyDescription("Why.") @Size(max = Bounds.TEXT) @Nullable
        String reason) {}
