package dev.portcullis.api.agreement;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Makes {@code metadata} of a decision an object of any form: it belongs to another system. Used at build time only. */
public final class FreeObject implements SchemaCustomizer.Customizer {
    private static final long MOST_KEYS = 64;

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        JSONSchemaProps metadata = schema.getProperties().get("metadata");
        if (metadata == null) {
            throw new IllegalStateException("a decision has no metadata any more");
        }
        metadata.setAdditionalProperties(null);
        metadata.setXKubernetesPreserveUnknownFields(true);
        metadata.setMaxProperties(MOST_KEYS);
        return schema;
    }
}
