package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.or;
import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.Periods;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which requests a policy looks at, and what it says of them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "rules=atomic")
public record ApprovalPolicySpec(
        @JsonPropertyDescription(
                "When it is looked at. Mandatory: before same-team and the port's autoApprove, and what all such policies require adds up."
                        + " Default: after them, and the first with a rule that matches decides.")
        @Required
        PolicyMode mode,

        @JsonPropertyDescription("Policies of a mode are looked at in this order, lower first, then by name.")
        @Default("100")
        @Min(0)
        @Max(1000000)
        Integer order,

        @JsonPropertyDescription(
                "The ports whose requests it looks at. Absent: all. Never the port's own labels, which its editors set.")
        @Nullable
        PortSelector ports,

        @JsonPropertyDescription("The first rule that matches a request says what becomes of it.")
        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.all(one, self.exists_one(other, other.name == one.name))",
                message = "rules have different names: decisions are recorded with them")
        List<PolicyRule> rules,

        @JsonPropertyDescription(
                "How long a request that one of the rules matches may wait for its decision, as ISO 8601 period like P14D. Then it has expired. Absent: for ever.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "requestTimeout is a period like P14D, P2W, P3M or P1Y")
        @Nullable
        String requestTimeout) {

    public ApprovalPolicySpec {
        order = or(order, 100);
        rules = orEmpty(rules);
    }

    /** The selector, also where the spec has none. */
    public PortSelector selector() {
        return or(ports, PortSelector.ALL);
    }
}
