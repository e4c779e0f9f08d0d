package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.AgreementCounts;
import dev.portcullis.api.Condition;
import dev.portcullis.api.Conditioned;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator says of an output port. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=map:type")
public record OutputPortStatus(
        @JsonPropertyDescription("metadata.generation this status was made from.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Agreements on this port.") @Nullable
        AgreementCounts agreements,

        @JsonPropertyDescription(
                "What the objects consisted of when they were first offered: what is added since is told in ObjectWidened.")
        @Nullable
        Offered offered,

        @JsonPropertyDescription(
                "Ready: the port can be asked for and grants can be made. ObjectWidened, MayNotRead, RowFilterUnusable and SchemaExposed, when there is something to know of its objects.")
        @Size(max = 8)
        List<Condition> conditions)
        implements Conditioned {

    public OutputPortStatus {
        conditions = orEmpty(conditions);
    }

    /** The status of a port of whose objects nothing is known. */
    public OutputPortStatus(
            @Nullable Long observedGeneration, @Nullable AgreementCounts agreements, List<Condition> conditions) {
        this(observedGeneration, agreements, null, conditions);
    }
}
