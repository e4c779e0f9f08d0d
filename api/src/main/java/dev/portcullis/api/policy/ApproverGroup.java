package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** People who may give an approval. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(has(self.provider) && self.provider) != has(self.team)",
        message = "from is one of provider: true and team: NAME")
public record ApproverGroup(
        @JsonPropertyDescription(
                "The members of the provider's Team; where it lists none, whoever holds the verb approve on the port.")
        @Nullable
        Boolean provider,

        @JsonPropertyDescription("The members of this Team, who hold the verb review on the port.")
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        @Nullable
        String team) {

    public ApproverGroup {
        provider = or(provider, false) ? Boolean.TRUE : null;
    }
}
