package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy's rule that matched the request, with what it says: later editions of the policy change nothing of it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "approvals=atomic")
public record AppliedRule(
        @JsonPropertyDescription("The ApprovalPolicy.") @Required @Size(max = Bounds.NAME)
        String policy,

        @JsonPropertyDescription("metadata.generation of the policy.") @Nullable
        Long generation,

        @JsonPropertyDescription("Mandatory or Default.") @Required
        PolicyMode mode,

        @JsonPropertyDescription("The rule that matched.") @Required @Size(max = Bounds.NAME)
        String rule,

        @JsonPropertyDescription(
                "What it says: Approve, Reject, Require, or Unclear where the rule of a Default policy could not be evaluated and people decide.")
        @Required
        Effect effect,

        @JsonPropertyDescription("Why: the text of a rejection, or what could not be evaluated.")
        @Size(max = Bounds.TEXT)
        @Nullable
        String reason,

        @JsonPropertyDescription("Approvals that are needed.") @Size(max = 8)
        List<RequiredApproval> approvals,

        @JsonPropertyDescription("External: only recorded decisions count.") @Nullable
        Workflow workflow,

        @JsonPropertyDescription("The longest time the access may last.") @Size(max = 32) @Nullable
        String maxDuration,

        @JsonPropertyDescription("How often an approver has to say that the access stays.") @Size(max = 32) @Nullable
        String recertifyEvery,

        @JsonPropertyDescription(
                "Within which time after an automatic approval an approver has to say that the access stays.")
        @Size(max = 32)
        @Nullable
        String reviewWithin,

        @JsonPropertyDescription("How long the request may wait.") @Size(max = 32) @Nullable
        String requestTimeout,

        @JsonPropertyDescription("CEL: what has to stay true of each person who gets the access.")
        @JsonProperty("while")
        @Size(max = Bounds.EXPRESSION)
        @Nullable
        String asLongAs) {

    /** What a rule says of a request. */
    public enum Effect {
        Approve,
        Reject,
        Require,
        Unclear
    }

    public AppliedRule {
        approvals = orEmpty(approvals);
    }
}
