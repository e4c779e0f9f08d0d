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
import org.jspecify.annotations.Nullable;

/** The third axis: what the platform holds. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "principals=set")
public record Provisioning(
        @JsonPropertyDescription("How far it is.") @Required ProvisioningStatus status,

        @JsonPropertyDescription("The DataPlatform.") @Size(max = Bounds.NAME) @Nullable
        String platform,

        @JsonPropertyDescription("What holds the access on the platform, in its own words.")
        @Size(max = Bounds.LINE)
        @Nullable
        String reference,

        @JsonPropertyDescription("What those who have the access are called on the platform.") @Size(max = 10000)
        List<@Size(max = Bounds.LINE) String> principals,

        @JsonPropertyDescription("Since when it is so, and these have it, RFC 3339 in UTC.")
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        @Nullable
        String at) {

    public Provisioning {
        principals = orEmpty(principals);
    }
}
