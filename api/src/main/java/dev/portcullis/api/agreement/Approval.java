package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.port.Workflow;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first axis: who allowed it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "decisions=atomic missing=atomic")
public record Approval(
        @JsonPropertyDescription("Requested, Approved or Rejected.") @Required
        ApprovalStatus status,

        @JsonPropertyDescription("Who decides when no rule does, as when requested.") @Nullable
        Workflow workflow,

        @JsonPropertyDescription(
                "The rule that decided or asks for a decision: same-team, auto-approve, manual, external, or POLICY/RULE.")
        @Size(max = Bounds.LINE)
        @Nullable
        String rule,

        @JsonPropertyDescription("Every decision taken, oldest first.") @Size(max = 64)
        List<DecisionRecord> decisions,

        @JsonPropertyDescription(
                "Approvals that are required beside others and that nobody has given yet; none while one person decides.")
        @Size(max = 64)
        List<MissingApproval> missing,

        @JsonPropertyDescription(
                "The decision annotation as it stands, where it was not taken: DECISION by WHO (fingerprint). It may then be given once more.")
        @Size(max = 400)
        @Nullable
        String refusedDecision,

        @JsonPropertyDescription(
                "Who decided: the author of the last approval, of the rejection, or of the revocation; absent while it is Requested, whoever has voted.")
        @Size(max = Bounds.USER)
        @Nullable
        String decidedBy) {

    /** @param decidedBy follows from the others */
    public Approval {
        decisions = orEmpty(decisions);
        missing = orEmpty(missing);
        decidedBy = status == ApprovalStatus.Requested ? null : lastWord(decisions);
    }

    public Approval(
            ApprovalStatus status,
            @Nullable Workflow workflow,
            @Nullable String rule,
            List<DecisionRecord> decisions,
            List<MissingApproval> missing,
            @Nullable String refusedDecision) {
        this(status, workflow, rule, decisions, missing, refusedDecision, null);
    }

    private static @Nullable String lastWord(List<DecisionRecord> decisions) {
        return decisions.stream()
                .filter(decision -> switch (decision.decision()) {
                    case approved, rejected, revoked -> true;
                    case recertified, suspended, resumed -> false;
                })
                .reduce((earlier, later) -> later)
                .map(DecisionRecord::by)
                .orElse(null);
    }
}
