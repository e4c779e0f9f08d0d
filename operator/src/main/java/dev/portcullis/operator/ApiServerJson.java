package dev.portcullis.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.decision.DecisionSpec;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/**
 * JSON as the API server speaks it: reads all that it lets anybody store, and writes only what it takes. One object that cannot be read ends the watch of its
 * kind, and with it the operator, for as long as that object is there; so no tenant may be able to write one.
 */
final class ApiServerJson {
    private ApiServerJson() {}

    /** For a client that is to be used with any object of any tenant. */
    static KubernetesSerialization serialization() {
        JsonFactory factory = new JsonFactoryBuilder()
                // the API server has limits of its own, and what is within them is here already
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .build())
                // names may be as long as an object, and would be kept for good: thousands of them
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .characterEscapes(new YamlSafeEscapes())
                .build();
        ObjectMapper mapper = new ObjectMapper(factory)
                .registerModule(new RecurringTexts())
                .addMixIn(FieldsV1.class, OwnedAnnotations.class)
                .addMixIn(DecisionRecord.class, ShallowMetadata.class)
                .addMixIn(DecisionSpec.class, ShallowMetadata.class);
        return new KubernetesSerialization(mapper, true);
    }

    /** How the fields of a writer are read. */
    @JsonDeserialize(using = OwnedAnnotationsDeserializer.class)
    private interface OwnedAnnotations {}

    /** How the metadata of a decision is read. */
    @SuppressWarnings("UnusedMethod") // Jackson looks at it
    private interface ShallowMetadata {
        @JsonDeserialize(using = ShallowObjectDeserializer.class)
        Map<String, Object> metadata();
    }
}
