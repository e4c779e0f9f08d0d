package dev.portcullis.api.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An agreement, by its name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgreementName(
        @JsonPropertyDescription("Its namespace.")
        @Required
        @Size(min = 1, max = Bounds.NAMESPACE)
        @Pattern(Bounds.LABEL_PATTERN)
        String namespace,

        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = Bounds.NAME) @Pattern(Bounds.LABEL_PATTERN)
        String name) {}
