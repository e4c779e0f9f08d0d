package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A question that the request answers, as it was asked. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AnsweredQuestion(
        @JsonPropertyDescription("What spec.answers names it by.") @Required @Size(max = Bounds.NAME)
        String id,

        @JsonPropertyDescription("sha256: and the SHA-256 of the question in UTF-8, in hexadecimal digits.")
        @Required
        @Size(max = 80)
        String sha256) {}
