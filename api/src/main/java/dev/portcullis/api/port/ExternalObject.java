package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** An object of an external platform, whole or some of its parts: a topic, a bucket's prefix, a dashboard. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "parts=set")
@ValidationRule(
        value = "!self.name.split('/').exists(step, step in ['', '.', '..'])",
        message = "the steps of an object's name, between slashes, are names: none is empty, . or ..")
public record ExternalObject(
        @JsonPropertyDescription(
                "Its name: printable characters and inner spaces, no *. Where it is a path, no step of it is empty, . or ..")
        @Required
        @Size(min = 1, max = Bounds.EXTERNAL)
        @Pattern(Bounds.EXTERNAL_PATTERN)
        String name,

        @JsonPropertyDescription("Only these parts (columns, fields, partitions). Absent: the whole object.")
        @Size(min = 1, max = 200)
        List<@Size(min = 1, max = Bounds.EXTERNAL) @Pattern(Bounds.EXTERNAL_PATTERN) String> parts) {

    public ExternalObject {
        parts = orEmpty(parts);
    }
}
