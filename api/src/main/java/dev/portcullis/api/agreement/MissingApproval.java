package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** So many approvals that nobody has given yet. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MissingApproval(
        @JsonPropertyDescription("Whose they are.") @Required
        VoterGroup from,

        @JsonPropertyDescription("How many are still needed.") @Default("1") @Min(1)
        Integer count) {

    public MissingApproval {
        count = or(count, 1);
    }
}
