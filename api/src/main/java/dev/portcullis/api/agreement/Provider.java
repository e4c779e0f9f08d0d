package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The port that is asked for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Provider(
        @JsonPropertyDescription("Namespace of the output port.")
        @Required
        @Size(min = 1, max = Bounds.NAMESPACE)
        @Pattern(Bounds.LABEL_PATTERN)
        String namespace,

        @JsonPropertyDescription("Name of the output port.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String outputPort) {}
