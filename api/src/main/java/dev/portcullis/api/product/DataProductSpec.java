package dev.portcullis.api.product;

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
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a data product is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "tags=set questions=map:id")
public record DataProductSpec(
        @JsonPropertyDescription("Name for people.") @Required @Size(min = 1, max = Bounds.LINE)
        String title,

        @JsonPropertyDescription("What it holds, for people who consider asking for it.")
        @Size(max = Bounds.TEXT)
        @Nullable
        String description,

        @JsonPropertyDescription("Domain it belongs to.") @Size(max = Bounds.LINE) @Nullable
        String domain,

        @JsonPropertyDescription("The providing team; only needed where the namespace acts for several.")
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        @Nullable
        String team,

        @JsonPropertyDescription("Who answers questions about the data.") @Size(max = Bounds.USER) @Nullable
        String subjectMatterExpert,

        @JsonPropertyDescription("Only Active takes new requests; Retired withdraws every grant.") @Default("Active")
        Lifecycle lifecycle,

        @JsonPropertyDescription("Words to find it by.") @Size(max = Bounds.LIST)
        List<@Size(max = Bounds.NAME) String> tags,

        @JsonPropertyDescription("Named addresses, for example of the catalog entry.")
        @Size(max = Bounds.LIST)
        @ValidationRule(
                value = "self.all(name, name.size() >= 1 && name.size() <= 63)",
                message = "the name of a link has 1 to 63 characters")
        Map<String, @Size(max = Bounds.LINK) String> links,

        @JsonPropertyDescription(
                "The switch for incidents: true withdraws every grant of every port of the product; false brings them back.")
        @Default("false")
        Boolean suspend,

        @JsonPropertyDescription("What everybody who asks has to accept.") @Nullable
        Terms terms,

        @JsonPropertyDescription("What everybody who asks is asked.") @Size(max = Bounds.LIST)
        List<Question> questions) {

    public DataProductSpec {
        lifecycle = or(lifecycle, Lifecycle.Active);
        tags = orEmpty(tags);
        links = orEmpty(links);
        suspend = or(suspend, false);
        questions = orEmpty(questions);
    }
}
