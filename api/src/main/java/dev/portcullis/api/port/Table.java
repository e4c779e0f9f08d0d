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

/** A table, whole or some of its columns. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "columns=set")
public record Table(
        @JsonPropertyDescription("Name of the table or view, as it is stored, without quotes.")
        @Required
        @Size(min = 1, max = Bounds.IDENTIFIER)
        String name,

        @JsonPropertyDescription("Only these columns. Absent: the whole table.") @Size(min = 1, max = 500)
        List<@Size(min = 1, max = Bounds.IDENTIFIER) String> columns) {

    public Table {
        columns = orEmpty(columns);
    }
}
