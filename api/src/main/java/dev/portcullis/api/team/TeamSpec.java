package dev.portcullis.api.team;

import static dev.portcullis.api.Absent.or;
import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a team is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "namespaces=set members=map:user")
public record TeamSpec(
        @JsonPropertyDescription("The team's name for people.") @Size(max = Bounds.LINE) @Nullable
        String displayName,

        @JsonPropertyDescription("Namespaces that act for this team; may be empty.")
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Required
        @Size(max = 256)
        List<@Size(min = 1, max = Bounds.NAMESPACE) @Pattern(Bounds.LABEL_PATTERN) String> namespaces,

        @JsonPropertyDescription(
                "What a grant to the whole team means. Members: every listed member gets it under the own principal. Principal: the team has one principal. Never inferred.")
        @Default("Members")
        GrantAs grantAs,

        @JsonPropertyDescription("The people of the team. With members listed, use inside the team is by them alone.")
        @Size(max = 10000)
        List<TeamMember> members) {

    /** What a grant to the whole team means. */
    public enum GrantAs {
        /** Every listed member gets it, one by one. */
        Members,
        /** The team has one principal. */
        Principal
    }

    public TeamSpec {
        namespaces = orEmpty(namespaces);
        grantAs = or(grantAs, GrantAs.Members);
        members = orEmpty(members);
    }
}
