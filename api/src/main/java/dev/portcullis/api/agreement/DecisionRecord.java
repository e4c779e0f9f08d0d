package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One decision as it was taken. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(FreeObject.class)
public record DecisionRecord(
        @JsonPropertyDescription("approved, rejected or revoked.") @Required
        Verdict decision,

        @JsonPropertyDescription("Who decided: a person, a system, or rule/NAME.") @Required @Size(max = Bounds.USER)
        String by,

        @JsonPropertyDescription(
                "Who wrote the decision down, as the API server authenticated it; for rules the operator.")
        @Size(max = Bounds.USER)
        @Nullable
        String recordedBy,

        @JsonPropertyDescription("When the operator took it, RFC 3339 in UTC.") @Required @Size(max = 32)
        String at,

        @JsonPropertyDescription("Why.") @Size(max = Bounds.TEXT) @Nullable
        String reason,

        @JsonPropertyDescription("Where it was discussed.") @Size(max = Bounds.LINK) @Nullable
        String link,

        @JsonPropertyDescription("What else belongs to it: the JSON object given with it.") @Nullable
        Map<String, Object> metadata,

        @JsonPropertyDescription("How it came: Rule or Annotation.") @Required
        Via via) {

    /** What was decided. */
    public enum Verdict {
        approved,
        rejected,
        revoked
    }

    /** How a decision came. */
    public enum Via {
        Rule,
        Annotation
    }
}
