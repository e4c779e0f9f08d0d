package dev.portcullis.api.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.FreeObject;
import dev.portcullis.api.agreement.SelectedObjects;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision. What was decided stays what was decided: nothing of it changes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(FreeObject.class)
@ValidationRule(value = "self == oldSelf", message = "a Decision is evidence and never changes: write another one")
@ValidationRule(
        value = "self.decision in ['approved', 'recertified'] || !has(self.until)",
        message = "until stands beside decision: approved or recertified")
@ValidationRule(
        value = "self.decision == 'approved' || !has(self.select)",
        message = "select stands beside decision: approved")
public record DecisionSpec(
        @JsonPropertyDescription("The output port, in the same namespace.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String outputPort,

        @JsonPropertyDescription("The agreement that asks for it.") @Required
        AgreementName agreement,

        @JsonPropertyDescription(
                "approved or rejected, while it is requested; later revoked (for good), recertified, suspended or resumed.")
        @Required
        Verdict decision,

        @JsonPropertyDescription("Who decided: the author, unless the author has the verb decide.")
        @Size(min = 1, max = Bounds.USER)
        @Nullable
        String by,

        @JsonPropertyDescription(
                "Who wrote it, as the API server authenticated it. Kubernetes 1.36 fills it in, as it does by and authority.")
        @Size(min = 1, max = Bounds.USER)
        @Nullable
        String recordedBy,

        @JsonPropertyDescription("The verb on the port that the author has, and decides by.") @Nullable
        Authority authority,

        @JsonPropertyDescription("Why.") @Size(max = Bounds.TEXT) @Nullable
        String reason,

        @JsonPropertyDescription("Where it was discussed.") @Size(max = Bounds.LINK) @Nullable
        String link,

        @JsonPropertyDescription("A JSON object that belongs to it.") @Nullable
        Map<String, Object> metadata,

        @JsonPropertyDescription("An approver may shorten: the last day (inclusive, in UTC) or instant of the access.")
        @Size(max = 40)
        @ValidationRule(
                value =
                        "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$')",
                message = "until is a date like 2027-01-31 or an instant like 2027-01-31T18:00:00Z")
        @Nullable
        String until,

        @JsonPropertyDescription("An approver may narrow: only these of the objects asked for.") @Nullable
        SelectedObjects select,

        @JsonPropertyDescription(
                "status.snapshot.request of the agreement that was looked at: another request is not decided by it. Needed where the Decision may be older than the agreement.")
        @Pattern("^sha256:[0-9a-f]{64}$")
        @Size(max = 80)
        @Nullable
        String request) {}
