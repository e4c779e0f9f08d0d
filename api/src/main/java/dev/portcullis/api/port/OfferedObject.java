package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An object that is offered whole: who has it has all of it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "fields=atomic")
public record OfferedObject(
        @JsonPropertyDescription("Its name: a table's.") @Required @Size(max = Bounds.IDENTIFIER)
        String name,

        @JsonPropertyDescription("What it consisted of when it was first seen on the port: names of columns.")
        @Size(max = 1600)
        List<@Size(max = Bounds.IDENTIFIER) String> fields) {

    public OfferedObject {
        fields = orEmpty(fields);
    }
}
