package dev.portcullis.api.port;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The data contract a port fulfils. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Contract(
        @JsonPropertyDescription("Identifier of the contract.") @Required @Size(min = 1, max = Bounds.LINE)
        String id,

        @JsonPropertyDescription("Version of the contract.") @Size(max = 64) @Nullable
        String version) {}
