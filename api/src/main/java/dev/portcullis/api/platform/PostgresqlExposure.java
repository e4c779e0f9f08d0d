package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Schemas of one database. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "schemas=set")
public record PostgresqlExposure(
        @JsonPropertyDescription("The database.") @Required @Size(min = 1, max = Bounds.IDENTIFIER)
        String database,

        @JsonPropertyDescription("Its schemas.") @Required @Size(min = 1, max = 256)
        List<@Size(min = 1, max = Bounds.IDENTIFIER) String> schemas) {

    public PostgresqlExposure {
        schemas = orEmpty(schemas);
    }
}
