package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.Condition;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a request: approval, activity and provisioning, three axes of their own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=map:type history=atomic")
public record DataUsageAgreementStatus(
        @JsonPropertyDescription("metadata.generation this status was made from.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The agreement's life in one word.") @Nullable
        Phase phase,

        @JsonPropertyDescription("Who gets the access, in one line.") @Size(max = 400) @Nullable
        String consumer,

        @JsonPropertyDescription("Who allowed it.") @Nullable
        Approval approval,

        @JsonPropertyDescription("Whether it is approved, inside its dates, and not suspended, cancelled or revoked.")
        @Nullable
        Boolean active,

        @JsonPropertyDescription("What the platform holds.") @Nullable
        Provisioning provisioning,

        @JsonPropertyDescription("What the request is judged by, frozen when it was first valid.") @Nullable
        Snapshot snapshot,

        @JsonPropertyDescription("The last 20 changes of the phase, oldest first.") @Size(max = 20)
        List<Transition> history,

        @JsonPropertyDescription(
                "Ready, Approved, Granted, and Stalled when only a new request helps; AccessBeyond and AccessRemains, when others granted the principals more than was agreed; Expiring before something ends, and when a recertification was missed; ClocksApart while an end or a start waits for a second clock.")
        @Size(max = 12)
        List<Condition> conditions,

        @JsonPropertyDescription("When the access, or the waiting for it, ends by itself, RFC 3339 in UTC.")
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        @Nullable
        String ends,

        @JsonPropertyDescription("Until when an approver has to say that the access stays, RFC 3339 in UTC.")
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        @Nullable
        String recertifyBy) {

    public DataUsageAgreementStatus {
        history = orEmpty(history);
        conditions = orEmpty(conditions);
    }
}
