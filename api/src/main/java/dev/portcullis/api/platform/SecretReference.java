package dev.portcullis.api.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret; the operator reads it only when a Role in its namespace lets it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretReference(
        @JsonPropertyDescription("Namespace of the Secret.")
        @Required
        @Size(min = 1, max = Bounds.NAMESPACE)
        @Pattern(Bounds.LABEL_PATTERN)
        String namespace,

        @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
        String name) {}
