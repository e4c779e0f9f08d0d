package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.Periods;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One rule: when it matches, and what then. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "(has(self.require) ? 1 : 0) + (has(self.approve) && self.approve ? 1 : 0) + (has(self.reject) ? 1 : 0) == 1",
        message = "a rule says one thing: require, approve: true or reject")
@ValidationRule(
        value = "(has(self.approve) && self.approve) || !has(self.maxDuration) && !has(self.reviewWithin)",
        message = "maxDuration and reviewWithin stand beside approve: true; with require, maxDuration is a part of it")
public record PolicyRule(
        @JsonPropertyDescription("The rule's name, as it is recorded with the decision.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String name,

        @JsonPropertyDescription(
                "CEL: whether the rule matches. It sees agreement, port, product, provider, consumer, requester, beneficiaries and now.")
        @Required
        @Size(min = 1, max = Bounds.EXPRESSION)
        String when,

        @JsonPropertyDescription("What the request needs.") @Nullable
        PolicyRequirement require,

        @JsonPropertyDescription("The request is approved. It skips nothing that another Mandatory policy requires.")
        @Nullable
        Boolean approve,

        @JsonPropertyDescription("The request is rejected: why, and what to do instead.")
        @Size(min = 1, max = Bounds.TEXT)
        @ValidationRule(
                value = "self.trim().size() > 0",
                message = "reject says why the request is rejected, and what to do instead")
        @Nullable
        String reject,

        @JsonPropertyDescription("With approve: the longest time the access may last, as ISO 8601 period like P90D.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "maxDuration is a period like P90D, P2W, P3M or P1Y")
        @Nullable
        String maxDuration,

        @JsonPropertyDescription(
                "With approve: within which time after it an approver has to say that the access stays, as ISO 8601 period like P7D. Else it is suspended.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "reviewWithin is a period like P7D, P2W, P3M or P1Y")
        @Nullable
        String reviewWithin,

        @JsonPropertyDescription(
                "CEL: what has to stay true of each person who gets the access; beneficiaries has that one person. Looked at again whenever a Team changes; who does not meet it is left out.")
        @JsonProperty("while")
        @Size(min = 1, max = Bounds.EXPRESSION)
        @Nullable
        String asLongAs) {

    public PolicyRule {
        approve = or(approve, false) ? Boolean.TRUE : null;
    }

    public boolean approves() {
        return approve != null;
    }
}
