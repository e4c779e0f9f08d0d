package dev.portcullis.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How many agreements concern a port or a product. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgreementCounts(
        @JsonPropertyDescription("Agreements that wait for a decision.") @Nullable
        Integer requested,

        @JsonPropertyDescription(
                "Agreements that are approved and have not ended, also suspended ones and those that begin later: deleting the port would revoke them.")
        @Nullable
        Integer approved,

        @JsonPropertyDescription("Agreements that are active: approved, inside their dates, not suspended.") @Nullable
        Integer active) {}
