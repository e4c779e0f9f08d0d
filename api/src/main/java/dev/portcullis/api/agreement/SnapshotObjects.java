package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.port.ExternalObjects;
import dev.portcullis.api.port.PostgresqlObjects;
import org.jspecify.annotations.Nullable;

/** Objects of one platform, in its own block. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotObjects(
        @JsonPropertyDescription("Tables of one schema.") @Nullable
        PostgresqlObjects postgresql,

        @JsonPropertyDescription("Objects of an external platform.") @Nullable
        ExternalObjects external) {}
