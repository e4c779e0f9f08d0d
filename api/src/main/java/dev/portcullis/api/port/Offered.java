package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a port's objects consisted of when it first offered them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "objects=atomic")
public record Offered(
        @JsonPropertyDescription(
                "spec.contract as it was then: with another one, the objects are taken as offered anew.")
        @Size(max = 400)
        @Nullable
        String contract,

        @JsonPropertyDescription("The objects that are offered whole, with what they consisted of.") @Size(max = 200)
        List<OfferedObject> objects) {

    public Offered {
        objects = orEmpty(objects);
    }
}
