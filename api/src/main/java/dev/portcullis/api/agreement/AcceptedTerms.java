package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A text that the request accepts, as it was. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AcceptedTerms(
        @JsonPropertyDescription("Whose text: product, or policy/POLICY/ID.") @Required @Size(max = Bounds.LINE)
        String of,

        @JsonPropertyDescription("The edition.") @Required @Size(max = Bounds.NAME)
        String revision,

        @JsonPropertyDescription("sha256: and the SHA-256 of the text in UTF-8, in hexadecimal digits.")
        @Required
        @Size(max = 80)
        String sha256) {}
