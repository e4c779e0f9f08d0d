package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.port.Workflow;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How agreements on a platform may be decided at all. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "workflows=set")
public record ApprovalRules(
        @JsonPropertyDescription("Workflows that ports on this platform may name; [External] enforces a ticket system.")
        @Default("[\"Manual\", \"External\"]")
        @Size(min = 1, max = 2)
        List<Workflow> workflows,

        @JsonPropertyDescription("Forbidden: the flag autoApprove of a port has no effect.") @Default("Allowed")
        AutoApprove autoApprove) {

    static final ApprovalRules DEFAULT = new ApprovalRules(List.of(), AutoApprove.Allowed);

    /** Whether ports may approve by themselves. */
    public enum AutoApprove {
        Allowed,
        Forbidden
    }

    public ApprovalRules {
        workflows = workflows == null || workflows.isEmpty() ? List.of(Workflow.values()) : List.copyOf(workflows);
        autoApprove = or(autoApprove, AutoApprove.Allowed);
    }
}
