package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The Decision object that a decision came by, in the namespace of the port. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DecisionReference(
        @JsonPropertyDescription("Its name.") @Required @Size(max = Bounds.NAME)
        String name,

        @JsonPropertyDescription("metadata.uid.") @Required @Size(max = 64)
        String uid) {}
