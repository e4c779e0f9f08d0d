package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.port.RowFilter;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One decision as it was taken. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(FreeObject.class)
public record DecisionRecord(
        @JsonPropertyDescription("approved, rejected, revoked, recertified, suspended or resumed.") @Required
        Verdict decision,

        @JsonPropertyDescription("Who decided: a person, a system, or rule/NAME.") @Required @Size(max = Bounds.USER)
        String by,

        @JsonPropertyDescription(
                "Who wrote the decision down, as the API server authenticated it; for rules the operator.")
        @Size(max = Bounds.USER)
        @Nullable
        String recordedBy,

        @JsonPropertyDescription("When the operator took it, RFC 3339 in UTC.")
        @Required
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        String at,

        @JsonPropertyDescription("Why.") @Size(max = Bounds.TEXT) @Nullable
        String reason,

        @JsonPropertyDescription("Where it was discussed.") @Size(max = Bounds.LINK) @Nullable
        String link,

        @JsonPropertyDescription("What else belongs to it: the JSON object given with it.") @Nullable
        Map<String, Object> metadata,

        @JsonPropertyDescription("How it came: by a Rule, an Annotation or a Decision.") @Required
        Via via,

        @JsonPropertyDescription("The request that was decided: status.snapshot.request.") @Size(max = 80) @Nullable
        String request,

        @JsonPropertyDescription("The last day that an approver allows, where it is sooner than asked for.")
        @Size(max = 40)
        @Nullable
        String until,

        @JsonPropertyDescription("What an approver allows, where it is less than asked for.") @Nullable
        SelectedObjects select,

        @JsonPropertyDescription("The Decision it came by.") @Nullable
        DecisionReference object,

        @JsonPropertyDescription("Whose approval it counts for, where policies ask for it: provider, or team/NAME.")
        @Size(max = Bounds.LIST)
        List<@Size(max = Bounds.LINE) String> groups,

        @JsonPropertyDescription(
                "The row filter that select names, as it was when decided: later edits of the port make the access no wider.")
        @Nullable
        RowFilter rowFilter) {

    public DecisionRecord {
        groups = orEmpty(groups);
    }

    /** A record of which no row filter is to be kept, or not yet. */
    public DecisionRecord(
            Verdict decision,
            String by,
            @Nullable String recordedBy,
            String at,
            @Nullable String reason,
            @Nullable String link,
            @Nullable Map<String, Object> metadata,
            Via via,
            @Nullable String request,
            @Nullable String until,
            @Nullable SelectedObjects select,
            @Nullable DecisionReference object,
            List<String> groups) {
        this(decision, by, recordedBy, at, reason, link, metadata, via, request, until, select, object, groups, null);
    }

    /** The same, with the row filter that is named in what it selects. */
    public DecisionRecord with(RowFilter filter) {
        return new DecisionRecord(
                decision,
                by,
                recordedBy,
                at,
                reason,
                link,
                metadata,
                via,
                request,
                until,
                select,
                object,
                groups,
                filter);
    }

    /** What was decided. */
    public enum Verdict {
        approved,
        rejected,
        revoked,
        recertified,
        suspended,
        resumed
    }

    /** How a decision came. */
    public enum Via {
        Rule,
        Annotation,
        Decision
    }
}
