package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the approval policies said of the request when it was judged. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "rules=atomic")
public record AppliedPolicies(
        @JsonPropertyDescription("When, RFC 3339 in UTC.") @Required @Size(max = 32) @Pattern(Bounds.MOMENT_PATTERN)
        String at,

        @JsonPropertyDescription(
                "The rules that matched, in the order of the policies; none where no policy has a rule for it.")
        @Size(max = 256)
        List<AppliedRule> rules) {

    public AppliedPolicies {
        rules = orEmpty(rules);
    }
}
