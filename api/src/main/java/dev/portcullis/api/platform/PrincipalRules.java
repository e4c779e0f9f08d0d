package dev.portcullis.api.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** CEL expressions that make a principal of a beneficiary. They see name and namespace and give a string. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PrincipalRules(
        @JsonPropertyDescription("For a user; sees name.") @Size(min = 1, max = 1024) @Nullable
        String user,

        @JsonPropertyDescription("For a data product; sees name and namespace.") @Size(min = 1, max = 1024) @Nullable
        String dataProduct,

        @JsonPropertyDescription("For a team; sees name.") @Size(min = 1, max = 1024) @Nullable
        String team) {

    static final PrincipalRules AS_NAMED = new PrincipalRules(null, null, null);
}
