package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Objects of an external platform. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "objects=map:name")
public record ExternalObjects(
        @JsonPropertyDescription("The objects offered, named as the platform's grant controller expects it.")
        @Required
        @Size(min = 1, max = 200)
        List<ExternalObject> objects) {

    public ExternalObjects {
        objects = orEmpty(objects);
    }
}
