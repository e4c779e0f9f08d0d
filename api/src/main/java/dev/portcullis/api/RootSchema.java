package dev.portcullis.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/** Makes {@code spec} required and describes the kind. Input: the description. Used at build time only. */
public final class RootSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String description, KubernetesSerialization serialization) {
        schema.setDescription(description);
        schema.setRequired(List.of("spec"));
        Map<String, String> texts = Map.of(
                "spec", "What is wanted.",
                "status", "What the operator found and did. Only the operator writes it.");
        schema.getProperties().forEach((field, part) -> part.setDescription(texts.get(field)));
        return schema;
    }
}
