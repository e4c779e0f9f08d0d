package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.Condition;
import dev.portcullis.api.Conditioned;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator found on a platform. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=map:type")
public record DataPlatformStatus(
        @JsonPropertyDescription("metadata.generation this status was made from.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Version of the server.") @Size(max = 64) @Nullable
        String version,

        @JsonPropertyDescription(
                "Which server is behind the name. Another one is not written to before somebody confirms.")
        @Nullable
        ServerIdentity server,

        @JsonPropertyDescription(
                "When everything was last compared, RFC 3339 in UTC; written at most every ten minutes, however often it is.")
        @Size(max = 32)
        @Pattern(Bounds.MOMENT_PATTERN)
        @Nullable
        String lastFullComparison,

        @JsonPropertyDescription("Output ports that name this platform.") @Nullable
        Integer ports,

        @JsonPropertyDescription("Entitlements held on the platform, as read back.") @Nullable
        Integer entitlements,

        @JsonPropertyDescription("What comparisons repaired since the platform was created.") @Nullable
        Repaired repaired,

        @JsonPropertyDescription(
                "Ready: grants can be made and taken away. Reachable: the last attempt to connect succeeded.")
        @Size(max = 16)
        List<Condition> conditions)
        implements Conditioned {

    public DataPlatformStatus {
        conditions = orEmpty(conditions);
    }

    /** A server, told from others behind the same name. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ServerIdentity(
            @JsonPropertyDescription("The server's own identity: of PostgreSQL, its system_identifier.")
            @Size(max = 64)
            @Nullable
            String identity,

            @JsonPropertyDescription("Since when it is known here, RFC 3339 in UTC.")
            @Size(max = 32)
            @Pattern(Bounds.MOMENT_PATTERN)
            @Nullable
            String since) {}

    /** Counts of drift that a full comparison found and mended. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Repaired(
            @JsonPropertyDescription("Entitlements that had gone missing and were granted again.") @Nullable
            Integer missing,

            @JsonPropertyDescription("Entitlements that nobody wanted and that were revoked.") @Nullable
            Integer extra) {}
}
