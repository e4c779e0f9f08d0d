package dev.portcullis.api.team;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** A person of a team. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TeamMember(
        @JsonPropertyDescription("The user name as the API server authenticates it.")
        @Required
        @Size(min = 1, max = Bounds.USER)
        String user,

        @JsonPropertyDescription("What is known of the person, for example employment or country.") @Size(max = 32)
        Map<String, @Size(max = Bounds.LINE) String> attributes) {

    public TeamMember {
        attributes = orEmpty(attributes);
    }
}
