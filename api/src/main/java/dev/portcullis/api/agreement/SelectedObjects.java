package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.port.Table;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Less than the port offers, as somebody asks for it or an approver allows it. Names what the port names; it never adds anything. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "tables=map:name")
@ValidationRule(
        value = "has(self.tables) || has(self.rowFilter)",
        message = "select names tables, a rowFilter or both; without it everything is asked for that the port offers")
public record SelectedObjects(
        @JsonPropertyDescription("Only these tables, whole or some of their columns. Absent: all of them.")
        @Size(min = 1, max = 200)
        List<Table> tables,

        @JsonPropertyDescription("Only the rows that this filter of the port lets through. Absent: all of them.")
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        @Nullable
        String rowFilter) {

    public SelectedObjects {
        tables = orEmpty(tables);
    }
}
