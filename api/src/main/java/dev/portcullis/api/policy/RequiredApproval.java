package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** So many people of one group. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RequiredApproval(
        @JsonPropertyDescription("Who they are.") @Required ApproverGroup from,

        @JsonPropertyDescription("How many of them.") @Default("1") @Min(1) @Max(8)
        Integer count) {

    public RequiredApproval {
        count = or(count, 1);
    }
}
