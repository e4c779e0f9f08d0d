package dev.portcullis.api.product;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Something a provider wants to know from everybody who asks. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Question(
        @JsonPropertyDescription("What spec.answers names it by.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String id,

        @JsonPropertyDescription("The question.") @Required @Size(min = 1, max = Bounds.TEXT)
        String text,

        @JsonPropertyDescription("Whether a request without an answer is not valid.") @Default("false")
        Boolean required) {

    public Question {
        required = or(required, false);
    }
}
