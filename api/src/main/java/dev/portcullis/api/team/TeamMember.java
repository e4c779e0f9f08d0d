package dev.portcullis.api.team;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A person of a team. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TeamMember(
        @JsonPropertyDescription("The user name as the API server authenticates it.")
        @Required
        @Size(min = 1, max = Bounds.USER)
        String user,

        @JsonPropertyDescription("What is known of the person, for example employment or country.")
        @Size(max = 32)
        @ValidationRule(
                value = "self.all(name, name.size() >= 1 && name.size() <= 63)",
                message = "the name of an attribute has 1 to 63 characters")
        Map<String, @Size(max = Bounds.LINE) String> attributes) {

    public TeamMember {
        attributes = orEmpty(attributes);
    }
}
