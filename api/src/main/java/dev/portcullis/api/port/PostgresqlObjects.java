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

/** Tables of one schema. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "tables=map:name rowFilters=map:name")
public record PostgresqlObjects(
        @JsonPropertyDescription("The database. Cannot be changed.") @Required @Size(min = 1, max = Bounds.IDENTIFIER)
        String database,

        @JsonPropertyDescription("The schema. Cannot be changed.") @Required @Size(min = 1, max = Bounds.IDENTIFIER)
        String schema,

        @JsonPropertyDescription("The tables and views offered.") @Required @Size(min = 1, max = 200)
        List<Table> tables,

        @JsonPropertyDescription("Choices of rows that a request can name; in a snapshot those that hold.")
        @Size(max = 64)
        List<RowFilter> rowFilters) {

    public PostgresqlObjects {
        tables = orEmpty(tables);
        rowFilters = orEmpty(rowFilters);
    }
}
