package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Condition;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator says of a policy. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=map:type")
public record ApprovalPolicyStatus(
        @JsonPropertyDescription("metadata.generation this status was made from.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready: every expression compiles; else which rule does not, with line and column.")
        @Size(max = 8)
        List<Condition> conditions) {

    public ApprovalPolicyStatus {
        conditions = orEmpty(conditions);
    }
}
