package dev.portcullis.api.port;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A choice of rows that a request can name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RowFilter(
        @JsonPropertyDescription("What a request names it by.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String name,

        @JsonPropertyDescription(
                "Which rows: columns compared with literals (=, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL), joined by AND, OR and NOT. No functions, subselects or casts.")
        @Required
        @Size(min = 1, max = Bounds.EXPRESSION)
        String where) {}
