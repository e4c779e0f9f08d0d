package dev.portcullis.api.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What a provider wants accepted by everybody who asks. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.revision != oldSelf.revision || self.text == oldSelf.text",
        message =
                "another text is another edition: give it another terms.revision, since requests accept the text by that name")
public record Terms(
        @JsonPropertyDescription("Which edition of the text this is: requests accept it by this name.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        String revision,

        @JsonPropertyDescription("The text.") @Required @Size(min = 1, max = Bounds.TERMS)
        String text) {}
