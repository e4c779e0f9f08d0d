package dev.portcullis.api.platform;

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

/** What some namespaces may offer. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "namespaces=set postgresql=atomic external=set")
public record Exposure(
        @JsonPropertyDescription("Namespaces whose output ports may offer the objects below.")
        @Required
        @Size(min = 1, max = 256)
        List<@Size(min = 1, max = Bounds.NAMESPACE) @Pattern(Bounds.LABEL_PATTERN) String> namespaces,

        @JsonPropertyDescription("Databases and schemas.") @Size(max = 256)
        List<PostgresqlExposure> postgresql,

        @JsonPropertyDescription(
                "Objects of an external platform, by name; with a * at the end all whose name begins so.")
        @Size(max = 256)
        List<@Size(min = 1, max = Bounds.EXTERNAL) @Pattern(Bounds.EXTERNAL_PREFIX_PATTERN) String> external) {

    public Exposure {
        namespaces = orEmpty(namespaces);
        postgresql = orEmpty(postgresql);
        external = orEmpty(external);
    }
}
