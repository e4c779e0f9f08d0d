package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.Periods;
import dev.portcullis.api.port.Workflow;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request needs before it is approved, and how long the access may then last. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "approvals=atomic terms=map:id")
@ValidationRule(
        value =
                "has(self.approvals) || has(self.terms) || (has(self.workflow) && self.workflow == 'External') || has(self.maxDuration) || has(self.recertifyEvery)",
        message =
                "require names at least one of approvals, terms, workflow: External, maxDuration and recertifyEvery: else the rule requires nothing")
public record PolicyRequirement(
        @JsonPropertyDescription("Approvals, all of which must be met; a vote counts for one of them.")
        @Size(min = 1, max = 8)
        List<RequiredApproval> approvals,

        @JsonPropertyDescription("Terms that the request accepts in spec.policyTerms.") @Size(min = 1, max = 8)
        List<PolicyTerms> terms,

        @JsonPropertyDescription(
                "External: only decisions that somebody with the verb decide has recorded. Manual: as the port says.")
        @Nullable
        Workflow workflow,

        @JsonPropertyDescription("The longest time the access may last, as ISO 8601 period like P90D.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "maxDuration is a period like P90D, P2W, P3M or P1Y")
        @Nullable
        String maxDuration,

        @JsonPropertyDescription(
                "How often an approver has to say that the access stays, as ISO 8601 period like P180D. Else it is suspended.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "recertifyEvery is a period like P180D, P2W, P3M or P1Y")
        @Nullable
        String recertifyEvery) {

    /** Nothing at all. */
    public static final PolicyRequirement NOTHING = new PolicyRequirement(List.of(), List.of(), null, null, null);

    public PolicyRequirement {
        approvals = orEmpty(approvals);
        terms = orEmpty(terms);
    }
}
