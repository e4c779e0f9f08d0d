package dev.portcullis.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A text that a request has to accept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyTerms(
        @JsonPropertyDescription("What spec.policyTerms names it by.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String id,

        @JsonPropertyDescription("Which edition of the text this is.") @Required @Size(min = 1, max = Bounds.NAME)
        String revision,

        @JsonPropertyDescription("The text.") @Required @Size(min = 1, max = Bounds.TERMS)
        String text) {}
