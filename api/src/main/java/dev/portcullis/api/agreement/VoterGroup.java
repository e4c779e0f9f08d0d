package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Whose approvals are missing: one of the three. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VoterGroup(
        @JsonPropertyDescription("Whoever holds the verb approve on the port.") @Nullable
        Boolean approver,

        @JsonPropertyDescription(
                "The members of the provider's Team; where it lists none, whoever holds the verb approve on the port.")
        @Nullable
        Boolean provider,

        @JsonPropertyDescription("The members of this Team, who hold the verb review on the port.")
        @Size(max = Bounds.NAME)
        @Nullable
        String team) {

    public static VoterGroup ofApprovers() {
        return new VoterGroup(true, null, null);
    }

    public static VoterGroup ofProvider() {
        return new VoterGroup(null, true, null);
    }

    public static VoterGroup of(String team) {
        return new VoterGroup(null, null, team);
    }
}
